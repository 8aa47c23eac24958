package myriad.results.report.html;

import java.util.List;
import java.util.stream.Collectors;
import myriad.results.Check;
import myriad.results.GateResult;
import myriad.results.GateResult.Figure;
import myriad.results.GateResult.Pair;
import myriad.results.SweepResult;
import myriad.results.report.GateLines;
import myriad.results.report.Units;
import myriad.results.report.html.HtmlTable.Cell;
import org.jspecify.annotations.Nullable;

/** What was checked, and the comparison that a gate rests on; nothing where there was neither. */
final class GateSection {

  private GateSection() {}

  static String of(SweepResult sweep) {
    GateResult gate = sweep.gate();
    return (sweep.checks().isEmpty() ? "" : section("checks", "Checks", checks(sweep.checks())))
        + (gate == null ? "" : section("gate", "Base and head", gate(gate)));
  }

  private static String section(String id, String title, String content) {
    return """
        <section id="%s" aria-labelledby="%s-title">
          <h2 id="%s-title">%s</h2>
          %s
        </section>
        """
        .formatted(id, id, id, title, content);
  }

  private static String checks(List<Check> checks) {
    return new HtmlTable<Check>()
        .words("Outcome", check -> Cell.words(check.status().mark() + " " + check.status()))
        .words("Of", check -> Cell.words(check.subject()))
        .words("Checked", check -> Cell.words(check.name()))
        .prose("Measured", check -> Cell.words(check.detail()))
        .render("Checks", checks);
  }

  private static String gate(GateResult gate) {
    String lines =
        GateLines.of(gate).stream()
            .map(line -> "<li>" + Html.escape(line) + "</li>")
            .collect(Collectors.joining("\n", "<ul class=\"findings\">", "</ul>"));
    return "<p class=\"hint\">base: <code>%s</code><br>head: <code>%s</code></p>%s%s%s"
        .formatted(
            Html.escape(gate.base()), Html.escape(gate.head()), metrics(gate), lines, pairs(gate));
  }

  private static String metrics(GateResult gate) {
    return new HtmlTable<GateResult.Metric>()
        .words("Metric", metric -> Cell.words(metric.name()))
        .figures("Base", metric -> median(gate, metric, true))
        .figures("Head", metric -> median(gate, metric, false))
        .figures("Head/base", metric -> ratio(metric.ratio()))
        .figures("95 % from", metric -> ratio(metric.low()))
        .figures("to", metric -> ratio(metric.high()))
        .figures("Margin", metric -> Cell.figure(metric.margin(), Units.percent(metric.margin())))
        .figures("p worse", metric -> probability(metric.pWorse()))
        .figures("p fine", metric -> probability(metric.pFine()))
        .words("Decision", metric -> decision(metric))
        .render("Metrics of the gate", gate.metrics());
  }

  private static Cell decision(GateResult.Metric metric) {
    return Cell.words(metric.primary() ? metric.status().name() : "shown, not decided on");
  }

  private static Cell median(GateResult gate, GateResult.Metric metric, boolean base) {
    return GateLines.median(gate, metric.name(), base ? Figure::base : Figure::head)
        .map(value -> Cell.figure(value, GateLines.show(metric.name(), value)))
        .orElseGet(Cell::none);
  }

  private static String pairs(GateResult gate) {
    HtmlTable<Pair> table =
        new HtmlTable<Pair>()
            .words("Pair", pair -> Cell.words(name(pair)))
            .words("Turns", pair -> Cell.words(pair.order()));
    for (GateResult.Metric metric : gate.metrics()) {
      table.figures(metric.name(), pair -> ratio(pair.figures().get(metric.name())));
    }
    return "<details><summary>Head to base in every pair</summary>"
        + table
            .prose("Thrown out", pair -> Cell.words(String.join("; ", pair.faults())))
            .render("Pairs", gate.pairs())
        + "</details>";
  }

  private static String name(Pair pair) {
    return switch (pair.arm()) {
      case HEAD -> "%d".formatted(pair.number());
      case CALIBRATION -> "%d, base and base".formatted(pair.number());
    };
  }

  private static Cell ratio(@Nullable Figure figure) {
    return figure == null ? Cell.none() : ratio(figure.ratio());
  }

  private static Cell ratio(double ratio) {
    return Cell.figure(ratio, "%.3f".formatted(ratio));
  }

  private static Cell probability(double p) {
    return Cell.figure(p, "%.4f".formatted(p));
  }
}
