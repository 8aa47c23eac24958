package myriad.results.report;

import java.util.List;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.SweepResult;

/** How a run is called, the same in every report. */
public final class RunLabels {

  private RunLabels() {}

  /** {@code VALID} or {@code INVALID} for a run that reached its end; else how it ended. */
  public static String verdict(RunResult run) {
    return run.outcome() == Outcome.COMPLETE ? run.verdict().kind().name() : run.outcome().name();
  }

  /** Runs that tell something alone; of those of a gate, only what a server failed does. */
  static List<RunResult> tellingRuns(SweepResult sweep) {
    return sweep.gate() == null
        ? sweep.runs()
        : sweep.runs().stream().filter(run -> run.outcome() == Outcome.TARGET_FAILED).toList();
  }

  /** {@code epoll, 1,000 connections, repeat 2}. */
  public static String subject(RunResult run) {
    return "%s, %s connections, repeat %d"
        .formatted(run.serverName(), Units.whole(run.connections().target()), run.repeat());
  }
}
