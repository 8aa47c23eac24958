package myriad.results.report;

import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;

/** One word for how a run is to be taken, the same in every report. */
public final class RunLabels {

  private RunLabels() {}

  /** {@code VALID} or {@code INVALID} for a run that reached its end; else how it ended. */
  public static String verdict(RunResult run) {
    return run.outcome() == Outcome.COMPLETE ? run.verdict().kind().name() : run.outcome().name();
  }
}
