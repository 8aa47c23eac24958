package myriad.results.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import myriad.results.GateResult.Arm;
import myriad.results.GateResult.Figure;
import myriad.results.GateResult.Pair;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.Verdict;
import myriad.results.report.RunLabels;

/** Makes one observation of what the two servers of a pair did. */
public final class PairFigures {

  private PairFigures() {}

  /**
   * The pair, thrown out where a turn was not VALID or a metric that decides has no ratio.
   *
   * @param order of the turns, in words
   */
  public static Pair of(
      GateSetup setup, int number, Arm arm, String order, Turns base, Turns head) {
    List<String> faults = new ArrayList<>(faults(base));
    faults.addAll(faults(head));
    if (!faults.isEmpty()) {
      return new Pair(number, arm, order, faults, Map.of());
    }
    Map<String, Figure> figures = new LinkedHashMap<>();
    setup.metrics().forEach(metric -> put(metric, base, head, figures));
    setup.primary().stream()
        .filter(metric -> !figures.containsKey(metric.name()))
        .map(metric -> "%s was not measured, or is not above zero".formatted(metric.name()))
        .forEach(faults::add);
    return new Pair(number, arm, order, faults, figures);
  }

  private static void put(GateMetric metric, Turns base, Turns head, Map<String, Figure> figures) {
    OptionalDouble ofBase = base.figure(metric);
    OptionalDouble ofHead = head.figure(metric);
    if (ofBase.orElse(0) > 0 && ofHead.orElse(0) > 0) {
      figures.put(metric.name(), new Figure(ofBase.getAsDouble(), ofHead.getAsDouble()));
    }
  }

  private static List<String> faults(Turns turns) {
    return turns.runs().stream().flatMap(PairFigures::fault).toList();
  }

  private static Stream<String> fault(RunResult run) {
    if (run.outcome() == Outcome.COMPLETE && run.verdict().kind() == Verdict.Kind.VALID) {
      return Stream.empty();
    }
    List<String> reasons =
        Stream.concat(run.verdict().reasons().stream(), run.notes().stream()).toList();
    return Stream.of(
        "%s, turn %d: %s"
            .formatted(
                run.variant(),
                run.repeat(),
                reasons.isEmpty() ? RunLabels.verdict(run) : String.join("; ", reasons)));
  }
}
