package myriad.cli;

import com.github.freva.asciitable.ColumnData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import myriad.results.SweepResult;
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
   * @param width of the terminal; where the table is wider, sweeps are below each other
   */
  String render(OptionalInt width) {
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
    parts.add(comparison.rows().isEmpty() ? "There is nothing to compare." : table(width));
    if (!comparison.differences().isEmpty()) {
      parts.add(
          WrappedText.wrap(
              comparison.differences().stream().map(line -> "warning: " + line).toList(), width));
    }
    return String.join("\n\n", parts);
  }

  private record Line(Row row, ComparedFigure figure) {

    String heading() {
      return row.variant() + ", " + row.load();
    }

    String label() {
      return "  " + figure.label();
    }

    String value(int sweep) {
      return row.figure(figure, sweep).map(this::text).orElse(Figures.NONE);
    }

    String ratio(int sweep) {
      return row.change(figure, sweep)
          .map(change -> String.format(Locale.ROOT, "%.2f", change.ratio()))
          .orElse(Figures.NONE);
    }

    String change(int sweep) {
      return row.change(figure, sweep).map(change -> change.kind().label()).orElse("");
    }

    private String text(Spread spread) {
      return spread.min() == spread.max()
          ? figure.text(spread.mid())
          : "%s ±%.0f %%".formatted(figure.text(spread.mid()), spread.relative() * 100);
    }
  }

  private String table(OptionalInt width) {
    List<Line> lines =
        comparison.rows().stream()
            .flatMap(
                row ->
                    ComparedFigure.all().stream()
                        .filter(figure -> isMeasured(row, figure))
                        .map(figure -> new Line(row, figure)))
            .toList();
    String wide = wide(lines);
    return TextTable.fits(wide, width) ? wide : narrow(lines);
  }

  private boolean isMeasured(Row row, ComparedFigure figure) {
    return IntStream.range(0, sweeps).anyMatch(i -> row.figure(figure, i).isPresent());
  }

  private String wide(List<Line> lines) {
    List<ColumnData<Line>> columns = new ArrayList<>();
    columns.add(TextTable.words("", Line::label));
    for (int i = 0; i < sweeps; i++) {
      int sweep = i;
      columns.add(TextTable.figure(SweepComparison.letter(sweep), line -> line.value(sweep)));
      if (sweep > 0) {
        String ratio = SweepComparison.letter(sweep) + "/" + SweepComparison.letter(0);
        columns.add(TextTable.figure(ratio, line -> line.ratio(sweep)));
        columns.add(TextTable.words("", line -> line.change(sweep)));
      }
    }
    return TextTable.renderUnder(Line::heading, lines, columns);
  }

  private record Part(Line line, int sweep) {

    String ofOthers(BiFunction<Line, Integer, String> cell) {
      return sweep == 0 ? "" : cell.apply(line, sweep);
    }
  }

  private String narrow(List<Line> lines) {
    List<Part> parts =
        lines.stream()
            .flatMap(line -> IntStream.range(0, sweeps).mapToObj(sweep -> new Part(line, sweep)))
            .toList();
    return TextTable.renderUnder(
        part -> part.line.heading(),
        parts,
        List.of(
            TextTable.words("", part -> part.sweep == 0 ? part.line.label() : ""),
            TextTable.words("", part -> SweepComparison.letter(part.sweep)),
            TextTable.figure("", part -> part.line.value(part.sweep)),
            TextTable.figure("/" + SweepComparison.letter(0), part -> part.ofOthers(Line::ratio)),
            TextTable.words("", part -> part.ofOthers(Line::change))));
  }
}
