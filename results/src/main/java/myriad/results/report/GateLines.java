package myriad.results.report;

import java.util.ArrayList;
import java.util.List;
import myriad.results.GateResult;

/** What is to be said of a gate beside its checks, one line each. */
public final class GateLines {

  private GateLines() {}

  public static List<String> of(GateResult gate) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d pairs of fresh processes, %d thrown out as INVALID"
            .formatted(gate.validPairs(), gate.invalidPairs()));
    gate.metrics().stream()
        .filter(metric -> !metric.primary())
        .map(
            metric ->
                "%s (shown, not decided on): head/base %.3f, 95 %% interval %.3f to %.3f"
                    .formatted(metric.name(), metric.ratio(), metric.low(), metric.high()))
        .forEach(lines::add);
    gate.resolutions().stream().map(GateLines::resolution).forEach(lines::add);
    lines.addAll(gate.notes());
    return List.copyOf(lines);
  }

  private static String resolution(GateResult.Resolution resolution) {
    return "%s: a change under %s cannot be seen here in %d pairs (base against itself: %.3f)"
        .formatted(
            resolution.metric(),
            Units.percent(resolution.worsening()),
            resolution.pairs(),
            resolution.ratio());
  }
}
