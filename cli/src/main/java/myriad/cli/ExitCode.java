package myriad.cli;

import java.util.List;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import myriad.results.ResultsException;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.Verdict;

/** What a command tells its caller by how it ends. */
public enum ExitCode {
  /** Done. */
  OK(0, "done"),
  /** A fault in Myriad itself. */
  FAULT(1, "a fault in Myriad itself"),
  /** A bad option, file or value. */
  USAGE(2, "usage: bad option, file or value"),
  /** This host lacks a limit, a library or a resource. */
  HOST_LIMIT(3, "this host cannot do it; the message says what would help"),
  /** The generator or the host was the bottleneck, or nothing was measured. */
  INVALID(4, "a run is INVALID: the generator or the host was the bottleneck; or measured nothing"),
  /** The target refused, died, or failed more often than allowed. */
  TARGET_FAILED(5, "the target failed: refused, died, or more errors than --max-errors"),
  /** The data does not decide. */
  INCONCLUSIVE(98, "the gate is INCONCLUSIVE: the data does not decide"),
  /** A threshold or a gate failed. */
  FAILED(99, "a threshold or the gate FAILED"),
  /** Ended by a signal; what was measured is kept. */
  INTERRUPTED(130, "interrupted; partial results were written and say so");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** What ends a command whose run directory could not be written or read. */
  static ExitCode of(ResultsException problem) {
    return problem.problem() == ResultsException.Problem.NO_SPACE ? HOST_LIMIT : USAGE;
  }

  /** Of a command that ran {@code runs} to their ends, by the worst of them. */
  static ExitCode of(List<RunResult> runs) {
    if (runs.stream().anyMatch(run -> run.outcome() == Outcome.TARGET_FAILED)) {
      return TARGET_FAILED;
    }
    if (!runs.isEmpty() && runs.stream().allMatch(run -> run.outcome() == Outcome.SKIPPED)) {
      return HOST_LIMIT;
    }
    return runs.stream().anyMatch(run -> isInvalid(run) || measuredNothing(run)) ? INVALID : OK;
  }

  static boolean isInvalid(RunResult run) {
    return run.verdict().kind() == Verdict.Kind.INVALID;
  }

  /** Whether no message came back of a load that had some to send. */
  static boolean measuredNothing(RunResult run) {
    boolean nothingWasDue =
        !run.plan().containsKey("closed-loop")
            && !run.latency().containsKey(LatencyKind.LAG)
            && run.counters().getOrDefault(Counter.NOT_DISPATCHED, 0L) == 0;
    return run.outcome() == Outcome.COMPLETE
        && run.verdict().kind() == Verdict.Kind.NONE
        && !nothingWasDue;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }
}
