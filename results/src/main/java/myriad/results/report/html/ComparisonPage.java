package myriad.results.report.html;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import myriad.results.SweepResult;
import myriad.results.compare.Change;
import myriad.results.compare.ComparedFigure;
import myriad.results.compare.SweepComparison;
import myriad.results.compare.SweepComparison.Row;
import myriad.results.report.html.HtmlTable.Cell;

/** A comparison as one HTML file, that needs no network and lets nothing foreign run. */
public final class ComparisonPage {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final SweepComparison comparison;

  public ComparisonPage(SweepComparison comparison) {
    this.comparison = comparison;
  }

  /** Writes the page in UTF-8. The stream is flushed, and left open. */
  public void write(OutputStream out) throws IOException {
    String style = PageResources.style();
    String script = PageResources.comparisonScript();
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("style", style);
    parts.put("script", script);
    parts.put("policy", Html.escape(PageResources.policy(style, List.of(script))));
    parts.put("sweeps", sweeps());
    parts.put("differences", differences());
    parts.put("table", table());
    out.write(
        PageTemplate.fill(PageResources.comparisonTemplate(), parts)
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String sweeps() {
    return IntStream.range(0, comparison.sweeps().size())
        .mapToObj(i -> sweep(SweepComparison.letter(i), comparison.sweeps().get(i)))
        .collect(Collectors.joining("\n", "<ul>", "</ul>"));
  }

  private static String sweep(String letter, SweepResult sweep) {
    return "<li><strong>%s</strong> %s · %s · <code>%s</code></li>"
        .formatted(
            letter,
            Html.escape(sweep.runId()),
            MINUTE.format(sweep.startedAt()),
            Html.escape(ShellWords.of(sweep.command())));
  }

  private String differences() {
    return comparison.differences().isEmpty()
        ? "<p class=\"hint\">Machine, kernel, JDK and plan are the same.</p>"
        : comparison.differences().stream()
            .map(line -> "<li>" + Html.escape(line) + "</li>")
            .collect(Collectors.joining("\n", "<ul class=\"findings\">", "</ul>"));
  }

  private record Line(Row row, ComparedFigure figure) {}

  private String table() {
    List<Line> lines = new ArrayList<>();
    for (Row row : comparison.rows()) {
      for (ComparedFigure figure : ComparedFigure.all()) {
        if (IntStream.range(0, comparison.sweeps().size())
            .anyMatch(i -> row.figure(figure, i).isPresent())) {
          lines.add(new Line(row, figure));
        }
      }
    }
    HtmlTable<Line> table =
        new HtmlTable<Line>()
            .words("Variant", line -> Cell.words(line.row().variant()))
            .words("Load", line -> Cell.words(line.row().load()))
            .words("Figure", line -> Cell.words(line.figure().label()));
    for (int i = 0; i < comparison.sweeps().size(); i++) {
      addSweep(table, i);
    }
    return table.render("Comparison", lines);
  }

  private static void addSweep(HtmlTable<Line> table, int sweep) {
    String letter = SweepComparison.letter(sweep);
    table.figures(
        letter,
        line ->
            Cells.medianAndSpread(line.row().figure(line.figure(), sweep), line.figure()::text));
    if (sweep > 0) {
      String ratio = letter + "/" + SweepComparison.letter(0);
      table.figures(ratio, line -> ratio(line.row().change(line.figure(), sweep)));
      table.words("", line -> word(line.row().change(line.figure(), sweep)));
    }
  }

  private static Cell ratio(Optional<Change> change) {
    return change
        .map(
            found ->
                Cell.figure(
                    found.ratio(),
                    RatioBar.svg(found) + String.format(Locale.ROOT, " %.2f", found.ratio())))
        .orElseGet(Cell::none);
  }

  private static Cell word(Optional<Change> change) {
    return change
        .map(
            found ->
                switch (found.kind()) {
                  case BETTER -> Cell.html("<span class=\"badge good\">better</span>");
                  case WORSE -> Cell.html("<span class=\"badge bad\">worse</span>");
                  case WITHIN_SPREAD, SPREAD_UNKNOWN -> Cell.words(found.kind().label());
                })
        .orElseGet(() -> Cell.words(""));
  }
}
