package myriad.cli;

import com.github.freva.asciitable.ColumnData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myriad.results.GateResult;
import myriad.results.GateResult.Figure;
import myriad.results.GateResult.Pair;
import myriad.results.report.GateLines;
import myriad.results.report.Units;

/** A gate as a person reads it in a terminal. */
final class GateText {

  private GateText() {}

  /**
   * Both servers, a row a metric, and what else there is to say.
   *
   * @param width of the terminal; where the table is wider, metrics become headings of rows
   */
  static String render(GateResult gate, OptionalInt width) {
    List<String> parts = new ArrayList<>();
    parts.add(
        WrappedText.beside("base  ", gate.base(), width)
            + "\n"
            + WrappedText.beside("head  ", gate.head(), width));
    if (!gate.metrics().isEmpty()) {
      parts.add(table(gate, width));
    }
    parts.add(WrappedText.wrap(lines(gate), width));
    return String.join("\n\n", parts);
  }

  private static List<String> lines(GateResult gate) {
    Stream<String> faults =
        gate.pairs().stream()
            .filter(pair -> !pair.faults().isEmpty())
            .map(pair -> pair(pair) + ": " + String.join("; ", pair.faults()));
    return Stream.concat(GateLines.of(gate).stream(), faults).toList();
  }

  private static String table(GateResult gate, OptionalInt width) {
    List<ColumnData<GateResult.Metric>> columns = new ArrayList<>(columns(gate));
    columns.addFirst(TextTable.words("METRIC", GateResult.Metric::name));
    String wide = TextTable.render(gate.metrics(), columns);
    return TextTable.fits(wide, width)
        ? wide
        : TextTable.renderUnder(GateResult.Metric::name, gate.metrics(), columns(gate));
  }

  private static List<ColumnData<GateResult.Metric>> columns(GateResult gate) {
    return List.of(
        TextTable.figure("BASE", metric -> median(gate, metric, Figure::base)),
        TextTable.figure("HEAD", metric -> median(gate, metric, Figure::head)),
        TextTable.figure("HEAD/BASE", metric -> ratio(metric.ratio())),
        TextTable.figure(
            "95 % INTERVAL", metric -> ratio(metric.low()) + " – " + ratio(metric.high())),
        TextTable.figure("MARGIN", metric -> Units.percent(metric.margin())),
        TextTable.words(
            "DECISION", metric -> metric.primary() ? metric.status().name() : "(shown)"));
  }

  private static String median(
      GateResult gate, GateResult.Metric metric, ToDoubleFunction<Figure> side) {
    return GateLines.median(gate, metric.name(), side)
        .map(value -> GateLines.show(metric.name(), value))
        .orElse(Figures.NONE);
  }

  /** A pair that ended, in one line. */
  static String progress(Pair pair) {
    return pair.faults().isEmpty()
        ? pair(pair)
            + ": head/base "
            + pair.figures().entrySet().stream()
                .map(GateText::figure)
                .collect(Collectors.joining(", "))
        : pair(pair) + " is thrown out: " + String.join("; ", pair.faults());
  }

  private static String pair(Pair pair) {
    return switch (pair.arm()) {
      case HEAD -> "pair " + pair.number();
      case CALIBRATION -> "pair %d of base and base".formatted(pair.number());
    };
  }

  private static String figure(Map.Entry<String, Figure> entry) {
    return entry.getKey() + " " + ratio(entry.getValue().ratio());
  }

  private static String ratio(double ratio) {
    return "%.3f".formatted(ratio);
  }
}
