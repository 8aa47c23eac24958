package myriad.cli;

import java.util.List;
import java.util.Optional;
import myriad.cli.CapacitySearch.Finding;
import myriad.cli.CapacitySearch.Outcome;
import myriad.results.Check;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.LatencyKind;
import myriad.results.Pace;
import myriad.results.RunResult;
import myriad.results.Verdict;
import myriad.results.gate.Threshold;

/**
 * What a run shows of its target. What the generator or the host did is looked at first: a
 * generator that gives out brings about timeouts and missing connections too, and the target is not
 * to be blamed for them.
 */
final class SearchJudgement {

  private static final List<Counter> ERRORS_OF_THE_GENERATOR =
      List.of(Counter.NO_DESCRIPTORS, Counter.NO_LOCAL_PORTS, Counter.NO_KERNEL_RESOURCES);

  private final Threshold objective;

  SearchJudgement(Threshold objective) {
    this.objective = objective;
  }

  /** The objective must be met, every connection be served, and in an open loop the rate kept. */
  Finding of(RunResult run) {
    if (run.outcome() == RunResult.Outcome.PARTIAL) {
      return new Finding(Outcome.INTERRUPTED, "interrupted");
    }
    if (wasWithoutConnection(run)) {
      return withoutConnection(run);
    }
    return ofTheGenerator(run).orElseGet(() -> ofTheTarget(run));
  }

  private static boolean wasWithoutConnection(RunResult run) {
    return run.outcome() == RunResult.Outcome.TARGET_FAILED
        && run.connections().open() == 0
        && !run.latency().containsKey(LatencyKind.CONNECT);
  }

  private static Finding withoutConnection(RunResult run) {
    Optional<ErrorKind> first = run.errorKinds().stream().findFirst();
    return new Finding(
        first.map(ErrorKind::counter).filter(ERRORS_OF_THE_GENERATOR::contains).isPresent()
            ? Outcome.HOST_LIMIT
            : Outcome.UNREACHABLE,
        "no connection could be made to %s: %s"
            .formatted(
                run.serverName(),
                first
                    .map(kind -> "%s; %s".formatted(kind.example(), kind.remedy()))
                    .orElseGet(() -> Ending.failure(run))));
  }

  private static Optional<Finding> ofTheGenerator(RunResult run) {
    if (run.verdict().kind() == Verdict.Kind.INVALID) {
      return Optional.of(
          new Finding(
              Outcome.INVALID,
              "the run is INVALID: " + String.join("; ", run.verdict().reasons())));
    }
    boolean fellShort = run.outcome() == RunResult.Outcome.TARGET_FAILED || lacksConnections(run);
    return ERRORS_OF_THE_GENERATOR.stream()
        .filter(kind -> fellShort && run.counters().getOrDefault(kind, 0L) > 0)
        .findFirst()
        .map(
            kind ->
                new Finding(
                    Outcome.INVALID,
                    "the generator ran %s: %,d connections"
                        .formatted(kind.label(), run.counters().get(kind))));
  }

  private Finding ofTheTarget(RunResult run) {
    if (run.outcome() == RunResult.Outcome.TARGET_FAILED) {
      return new Finding(Outcome.MISSED, "the target failed: " + errors(run));
    }
    Check check = objective.check(run);
    if (check.status() != Check.Status.PASS && check.status() != Check.Status.FAIL) {
      return new Finding(Outcome.INVALID, check.detail());
    }
    Optional<Pace> lost = Pace.of(run).filter(pace -> !pace.isKept());
    if (lost.isPresent()) {
      return new Finding(
          Outcome.MISSED,
          "%s/s came back of %s/s"
              .formatted(
                  Figures.rate(lost.get().cameBackPerSecond()),
                  Figures.rate(lost.get().duePerSecond())));
    }
    if (lacksConnections(run)) {
      return new Finding(
          Outcome.MISSED, "%,d connections were served".formatted(run.connections().open()));
    }
    return new Finding(
        check.status() == Check.Status.PASS ? Outcome.MET : Outcome.MISSED, check.detail());
  }

  /** The first kind with its remedy, as it is mostly the cause of the others. */
  private static String errors(RunResult run) {
    return run.errorKinds().stream()
        .findFirst()
        .map(ErrorKind::describe)
        .orElseGet(() -> "%,d errors".formatted(run.errors()));
  }

  private static boolean lacksConnections(RunResult run) {
    return run.connections().open() < run.connections().target();
  }
}
