package myriad.cli;

import com.github.freva.asciitable.ColumnData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import myriad.results.SweepResult;
import myriad.results.compare.Change;
import myriad.results.compare.ComparedFigure;
import myriad.results.compare.SweepComparison;
import myriad.results.compare.SweepComparison.Row;
import myriad.results.stats.Spread;

/**
 * A comparison as a person reads it in a terminal: a row a figure, below what it is a figure of.
 */
final class ComparisonText {

  private final SweepComparison comparison;
  private final int sweeps;

  ComparisonText(SweepComparison comparison) {
    this.comparison = comparison;
    this.sweeps = comparison.sweeps().size();
  }

  /**
   * Which sweeps, the figures, and what is not alike.
   *
   * @param width that the words are wrapped to
   */
  String render(int width) {
    List<String> parts = new ArrayList<>();
    List<String> legend = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      SweepResult sweep = comparison.sweeps().get(i);
      legend.add(
          "%s  %s: %s"
              .formatted(
                  SweepComparison.letter(i), sweep.runId(), String.join(" ", sweep.command())));
    }
    parts.add(WrappedText.wrap(legend, width));
    parts.add(comparison.rows().isEmpty() ? "There is nothing to compare." : table());
    if (!comparison.differences().isEmpty()) {
      parts.add(
          WrappedText.wrap(
              comparison.differences().stream().map(line -> "warning: " + line).toList(), width));
    }
    return String.join("\n\n", parts);
  }

  private record Line(Row row, ComparedFigure figure) {}

  private String table() {
    List<Line> lines =
        comparison.rows().stream()
            .flatMap(
                row ->
                    ComparedFigure.all().stream()
                        .filter(figure -> isMeasured(row, figure))
                        .map(figure -> new Line(row, figure)))
            .toList();
    List<ColumnData<Line>> columns = new ArrayList<>();
    columns.add(TextTable.words("", line -> "  " + line.figure().label()));
    for (int i = 0; i < sweeps; i++) {
      addSweep(columns, i);
    }
    return underHeadings(lines, TextTable.render(lines, columns).lines().toList());
  }

  private boolean isMeasured(Row row, ComparedFigure figure) {
    return IntStream.range(0, sweeps).anyMatch(i -> row.figure(figure, i).isPresent());
  }

  private static void addSweep(List<ColumnData<Line>> columns, int sweep) {
    String letter = SweepComparison.letter(sweep);
    columns.add(
        TextTable.figure(
            letter, line -> value(line.figure(), line.row().figure(line.figure(), sweep))));
    if (sweep > 0) {
      columns.add(
          TextTable.figure(
              letter + "/" + SweepComparison.letter(0),
              line -> ratio(line.row().change(line.figure(), sweep))));
      columns.add(
          TextTable.words(
              "",
              line ->
                  line.row()
                      .change(line.figure(), sweep)
                      .map(change -> change.kind().label())
                      .orElse("")));
    }
  }

  private static String value(ComparedFigure figure, Optional<Spread> spread) {
    return spread
        .map(
            found ->
                found.min() == found.max()
                    ? figure.text(found.mid())
                    : "%s ±%.0f %%".formatted(figure.text(found.mid()), found.relative() * 100))
        .orElse(Figures.NONE);
  }

  private static String ratio(Optional<Change> change) {
    return change
        .map(found -> String.format(Locale.ROOT, "%.2f", found.ratio()))
        .orElse(Figures.NONE);
  }

  private static String underHeadings(List<Line> lines, List<String> rendered) {
    List<String> all = new ArrayList<>(List.of(rendered.getFirst()));
    Row heading = null;
    int headers = rendered.size() - lines.size();
    for (int i = 0; i < lines.size(); i++) {
      Row row = lines.get(i).row();
      if (!row.equals(heading)) {
        all.add(row.variant() + ", " + row.load());
        heading = row;
      }
      all.add(rendered.get(headers + i));
    }
    return String.join("\n", all);
  }
}
