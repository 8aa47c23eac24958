package myriad.results.report;

import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;

/** How a run is called, the same in every report. */
public final class RunLabels {

  private RunLabels() {}

  /** {@code VALID} or {@code INVALID} for a run that reached its end; else how it ended. */
  public static String verdict(RunResult run) {
    return run.outcome() == Outcome.COMPLETE ? run.verdict().kind().name() : run.outcome().name();
  }

  /** {@code epoll, 1,000 connections, repeat 2}. */
  public static String subject(RunResult run) {
    return "%s, %s connections, repeat %d"
        .formatted(run.serverName(), Units.whole(run.connections().target()), run.repeat());
  }
}
