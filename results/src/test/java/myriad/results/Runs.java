package myriad.results;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs like another, but for one thing. */
public final class Runs {

  private Runs() {}

  /** What was recorded for service time, which every run in a test has. */
  public static <T> T service(Map<LatencyKind, T> byKind) {
    return Objects.requireNonNull(byKind.get(LatencyKind.SERVICE));
  }

  public static RunResult withVariant(RunResult run, String variant) {
    return run.toBuilder().variant(variant).build();
  }

  public static RunResult withOpenConnections(RunResult run, int open) {
    return run.toBuilder().connections(new RunResult.Connections(open, open, open, 0, 0)).build();
  }

  public static RunResult ended(RunResult run, RunResult.Outcome outcome, Verdict verdict) {
    return run.toBuilder().outcome(outcome).verdict(verdict).build();
  }

  public static RunResult withIntervals(RunResult run, List<Interval> intervals) {
    return run.toBuilder().intervals(intervals).build();
  }

  public static RunResult withMessages(RunResult run, long messages) {
    return run.toBuilder().messages(messages).build();
  }

  public static RunResult withPlan(RunResult run, Map<String, String> plan) {
    return run.toBuilder().plan(plan).build();
  }

  public static RunResult withoutServer(RunResult run) {
    return run.toBuilder().server(null).build();
  }

  public static SweepResult in(SweepResult sweep, Environment environment) {
    return new SweepResult(
        sweep.formatVersion(),
        sweep.runId(),
        sweep.status(),
        sweep.startedAt(),
        sweep.endedAt(),
        sweep.command(),
        environment,
        sweep.runs());
  }

  public static SweepResult sweepOf(SweepResult sweep, List<RunResult> runs) {
    return new SweepResult(
        sweep.formatVersion(),
        sweep.runId(),
        sweep.status(),
        sweep.startedAt(),
        sweep.endedAt(),
        sweep.command(),
        sweep.environment(),
        runs);
  }
}
