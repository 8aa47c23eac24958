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
    return new RunResult(
        variant,
        run.model(),
        run.target(),
        run.repeat(),
        run.plan(),
        run.outcome(),
        run.verdict(),
        run.notes(),
        run.connections(),
        run.measured(),
        run.messages(),
        run.counters(),
        run.latency(),
        run.intervals(),
        run.server(),
        run.generator(),
        run.errorKinds());
  }

  public static RunResult withOpenConnections(RunResult run, int open) {
    return new RunResult(
        run.variant(),
        run.model(),
        run.target(),
        run.repeat(),
        run.plan(),
        run.outcome(),
        run.verdict(),
        run.notes(),
        new RunResult.Connections(open, open, open, 0, 0),
        run.measured(),
        run.messages(),
        run.counters(),
        run.latency(),
        run.intervals(),
        run.server(),
        run.generator(),
        run.errorKinds());
  }

  public static RunResult ended(RunResult run, RunResult.Outcome outcome, Verdict verdict) {
    return new RunResult(
        run.variant(),
        run.model(),
        run.target(),
        run.repeat(),
        run.plan(),
        outcome,
        verdict,
        run.notes(),
        run.connections(),
        run.measured(),
        run.messages(),
        run.counters(),
        run.latency(),
        run.intervals(),
        run.server(),
        run.generator(),
        run.errorKinds());
  }

  public static RunResult withIntervals(RunResult run, List<Interval> intervals) {
    return new RunResult(
        run.variant(),
        run.model(),
        run.target(),
        run.repeat(),
        run.plan(),
        run.outcome(),
        run.verdict(),
        run.notes(),
        run.connections(),
        run.measured(),
        run.messages(),
        run.counters(),
        run.latency(),
        intervals,
        run.server(),
        run.generator(),
        run.errorKinds());
  }

  public static RunResult withMessages(RunResult run, long messages) {
    return new RunResult(
        run.variant(),
        run.model(),
        run.target(),
        run.repeat(),
        run.plan(),
        run.outcome(),
        run.verdict(),
        run.notes(),
        run.connections(),
        run.measured(),
        messages,
        run.counters(),
        run.latency(),
        run.intervals(),
        run.server(),
        run.generator());
  }

  public static RunResult withPlan(RunResult run, Map<String, String> plan) {
    return new RunResult(
        run.variant(),
        run.model(),
        run.target(),
        run.repeat(),
        plan,
        run.outcome(),
        run.verdict(),
        run.notes(),
        run.connections(),
        run.measured(),
        run.messages(),
        run.counters(),
        run.latency(),
        run.intervals(),
        run.server(),
        run.generator());
  }

  public static RunResult withoutServer(RunResult run) {
    return new RunResult(
        run.variant(),
        run.model(),
        run.target(),
        run.repeat(),
        run.plan(),
        run.outcome(),
        run.verdict(),
        run.notes(),
        run.connections(),
        run.measured(),
        run.messages(),
        run.counters(),
        run.latency(),
        run.intervals(),
        null,
        run.generator());
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
