package myriad.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import myriad.results.GateResult;
import myriad.results.GateResult.Arm;
import myriad.results.GateResult.Figure;
import myriad.results.stats.Spread;

/** What is to be said of a gate beside its checks, one line each. */
public final class GateLines {

  private GateLines() {}

  public static List<String> of(GateResult gate) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d pairs of fresh processes, %d thrown out as INVALID"
            .formatted(gate.validPairs(), gate.invalidPairs()));
    if (gate.pairs().stream().anyMatch(pair -> pair.arm() == Arm.CALIBRATION)) {
      lines.add(
          "%d pairs of base and base, %d thrown out as INVALID"
              .formatted(gate.validPairs(Arm.CALIBRATION), gate.invalidPairs(Arm.CALIBRATION)));
    }
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

  /**
   * The median of one side over the pairs that count.
   *
   * @param side {@code Figure::base} or {@code Figure::head}
   */
  public static Optional<Double> median(
      GateResult gate, String metric, ToDoubleFunction<Figure> side) {
    return Spread.of(
            gate.pairs().stream()
                .filter(pair -> pair.arm() == Arm.HEAD && pair.faults().isEmpty())
                .map(pair -> pair.figures().get(metric))
                .filter(Objects::nonNull)
                .mapToDouble(side)
                .toArray())
        .map(Spread::mid);
  }

  /** A figure of a metric with its unit. */
  public static String show(String metric, double value) {
    return switch (metric) {
      case "msgs_per_s" -> Units.count(value) + "/s";
      case "server.bytes_per_conn" -> Units.bytes(value);
      case "server.cpu_us_per_msg" -> Units.nanos(value * 1e3);
      default -> Units.nanos(value);
    };
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
