package myriad.results.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import myriad.results.Check;
import myriad.results.Check.Status;
import myriad.results.GateResult;
import myriad.results.GateResult.Arm;
import myriad.results.GateResult.Figure;
import myriad.results.GateResult.Pair;
import myriad.results.GateResult.Resolution;
import myriad.results.gate.GateDecision.MetricDecision;
import myriad.results.report.Units;
import myriad.results.stats.BootstrapInterval;

/** What the pairs of a gate, as far as there are any, say about head. */
public final class GateAnalysis {

  private GateAnalysis() {}

  /**
   * Judges what there is.
   *
   * @param pairs of both arms, thrown-out ones included
   * @param complete false where the gate was cut short: then nothing is decided
   * @param notes findings in words
   */
  public static GateResult of(
      GateSetup setup, List<Pair> pairs, boolean complete, List<String> notes) {
    List<Pair> valid = valid(pairs, Arm.HEAD);
    Optional<GateDecision> decision =
        valid.isEmpty()
            ? Optional.empty()
            : Optional.of(
                GateDecision.of(
                    worsenings(setup.primary(), valid), GateSetup.ALPHA, setup.looks()));
    List<GateResult.Metric> metrics = new ArrayList<>();
    decision.ifPresent(
        found -> found.metrics().forEach(metric -> metrics.add(metric(metric, true))));
    setup.shown().forEach(metric -> shown(metric, setup.looks(), valid).ifPresent(metrics::add));
    Status status = decision.map(GateDecision::status).orElse(Status.INCONCLUSIVE);
    return new GateResult(
        setup.base(),
        setup.head(),
        status(status, valid.size(), setup, complete),
        GateSetup.ALPHA,
        setup.plannedPairs(),
        setup.mostPairs(),
        metrics,
        resolutions(setup, valid(pairs, Arm.CALIBRATION)),
        pairs,
        notes);
  }

  /**
   * What a decision rests on is never less than was planned, unless the tests decide all the same.
   */
  private static Status status(Status found, int validPairs, GateSetup setup, boolean complete) {
    if (found != Status.INCONCLUSIVE && complete) {
      return found;
    }
    return complete && validPairs < setup.plannedPairs() ? Status.INVALID : Status.INCONCLUSIVE;
  }

  private static List<Pair> valid(List<Pair> pairs, Arm arm) {
    return pairs.stream().filter(pair -> pair.arm() == arm && pair.faults().isEmpty()).toList();
  }

  private static Map<GateMetric, double[]> worsenings(List<GateMetric> metrics, List<Pair> pairs) {
    Map<GateMetric, double[]> worsenings = new LinkedHashMap<>();
    metrics.forEach(metric -> worsenings.put(metric, worsenings(metric, pairs)));
    return worsenings;
  }

  private static double[] worsenings(GateMetric metric, List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> pair.figures().get(metric.name()))
        .filter(Objects::nonNull)
        .mapToDouble((Figure figure) -> metric.worsening(figure.base(), figure.head()))
        .toArray();
  }

  private static Optional<GateResult.Metric> shown(GateMetric metric, int looks, List<Pair> pairs) {
    double[] worsenings = worsenings(metric, pairs);
    return worsenings.length == 0
        ? Optional.empty()
        : Optional.of(
            metric(
                GateDecision.of(Map.of(metric, worsenings), GateSetup.ALPHA, looks)
                    .metrics()
                    .getFirst(),
                false));
  }

  private static GateResult.Metric metric(MetricDecision decision, boolean primary) {
    GateMetric metric = decision.metric();
    BootstrapInterval interval = decision.interval();
    return new GateResult.Metric(
        metric.name(),
        metric.moreIsBetter(),
        metric.margin(),
        primary,
        decision.status(),
        decision.worsenings().size(),
        decision.ratio(),
        interval.low(),
        interval.high(),
        decision.pValueWorse(),
        decision.pValueFine());
  }

  private static List<Resolution> resolutions(GateSetup setup, List<Pair> calibration) {
    if (calibration.size() < 2) {
      return List.of();
    }
    double level = GateSetup.ALPHA / setup.looks() / setup.primary().size();
    return setup.primary().stream()
        .map(
            metric ->
                LeastVisible.of(
                    metric, worsenings(metric, calibration), level, setup.plannedPairs()))
        .toList();
  }

  /** The decision, then each metric that it rests on, as lines of a report. */
  public static List<Check> checks(GateResult gate) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "gate",
            "head may replace base",
            gate.decision(),
            "%d pairs, %d thrown out as INVALID"
                .formatted(gate.validPairs(), gate.invalidPairs())));
    gate.metrics().stream()
        .filter(GateResult.Metric::primary)
        .map(
            metric ->
                new Check(
                    "head",
                    "%s within %s".formatted(metric.name(), Units.percent(metric.margin())),
                    metric.status(),
                    "head/base %.3f, 95 %% interval %.3f to %.3f, %d pairs"
                        .formatted(metric.ratio(), metric.low(), metric.high(), metric.pairs())))
        .forEach(checks::add);
    return List.copyOf(checks);
  }
}
