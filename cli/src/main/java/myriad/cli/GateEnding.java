package myriad.cli;

import myriad.results.Check.Status;
import myriad.results.GateResult;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.SweepResult;
import org.jspecify.annotations.Nullable;

/** How a gate ends: by an interruption, by a server that failed, or by its decision. */
final class GateEnding {

  private GateEnding() {}

  /**
   * The ending.
   *
   * @param undecided what INCONCLUSIVE counts as; null for itself
   */
  static Ending of(
      SweepResult sweep,
      GateResult gate,
      boolean interrupted,
      GateOptions.@Nullable Undecided undecided) {
    if (interrupted) {
      return new Ending(ExitCode.INTERRUPTED, ExitCode.INTERRUPTED.meaning());
    }
    for (RunResult run : sweep.runs()) {
      if (run.outcome() == Outcome.TARGET_FAILED) {
        return new Ending(
            ExitCode.TARGET_FAILED,
            "%s (%s) failed: %s".formatted(run.variant(), run.model(), Ending.failure(run)));
      }
    }
    return new Ending(exitCode(gate.decision(), undecided), explain(gate));
  }

  private static ExitCode exitCode(Status decision, GateOptions.@Nullable Undecided undecided) {
    return switch (decision) {
      case PASS -> ExitCode.OK;
      case FAIL -> ExitCode.FAILED;
      case INVALID, SKIPPED -> ExitCode.INVALID;
      case INCONCLUSIVE -> {
        if (undecided == null) {
          yield ExitCode.INCONCLUSIVE;
        }
        yield undecided == GateOptions.Undecided.PASS ? ExitCode.OK : ExitCode.FAILED;
      }
    };
  }

  private static String explain(GateResult gate) {
    return switch (gate.decision()) {
      case FAIL ->
          "the gate FAILED: head is worse than base by more than the margin in "
              + String.join(
                  ", ",
                  gate.metrics().stream()
                      .filter(metric -> metric.primary() && metric.status() == Status.FAIL)
                      .map(GateResult.Metric::name)
                      .toList());
      case INVALID ->
          "the gate is INVALID: only %d of %d pairs could be trusted, %d were thrown out"
              .formatted(gate.validPairs(), gate.plannedPairs(), gate.invalidPairs());
      case INCONCLUSIVE ->
          "the gate is INCONCLUSIVE: %d pairs do not decide; more --max-pairs or a longer --duration may"
              .formatted(gate.validPairs());
      case PASS, SKIPPED -> "the gate passed";
    };
  }
}
