package myriad.results.report.html;

import java.util.List;
import java.util.stream.Stream;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.RunResult;
import myriad.results.report.RunLabels;
import myriad.results.report.Units;
import myriad.results.report.html.HtmlTable.Cell;

/** A row for each kind of error of each run: how often, when first, an example, what to do. */
final class ErrorTable {

  private static final int MOST_ROWS = 200;

  private record Row(RunResult run, ErrorKind error) {}

  private ErrorTable() {}

  /** The table; a line of text where no run had an error. */
  static String of(List<RunResult> runs) {
    List<Row> rows =
        runs.stream()
            .flatMap(run -> run.errorKinds().stream().map(error -> new Row(run, error)))
            .toList();
    if (rows.isEmpty()) {
      return "<p class=\"hint\">No run had an error.</p>";
    }
    String more =
        rows.size() > MOST_ROWS
            ? "<p class=\"hint\">The first %d of %d.</p>".formatted(MOST_ROWS, rows.size())
            : "";
    return more
        + new HtmlTable<Row>()
            .words("Run", row -> Cell.words(RunLabels.subject(row.run)))
            .words("Kind", row -> Cell.words(row.error.counter().label()))
            .figures("Count", row -> Cells.count(row.error.count()))
            .figures("First after", row -> Cells.nanos(row.error.firstSeconds() * 1e9))
            .prose("Over time", row -> Cell.words(overTime(row)))
            .prose("First example", row -> Cell.words(example(row.error)))
            .prose("What to do", row -> Cell.words(row.error.remedy()))
            .render("Errors by kind", rows.stream().limit(MOST_ROWS).toList());
  }

  private static String example(ErrorKind error) {
    return "connection %d to %s: %s"
        .formatted(error.connection(), error.address(), error.example());
  }

  /** The seconds in which it occurred, and how often in each; the first few of them. */
  private static String overTime(Row row) {
    int shown = 6;
    Counter kind = row.error.counter();
    List<String> seconds =
        row.run.intervals().stream()
            .filter(interval -> interval.errorsByKind().containsKey(kind))
            .map(
                interval ->
                    "%s at %.0f s"
                        .formatted(
                            Units.whole(interval.errorsByKind().getOrDefault(kind, 0L)),
                            interval.startSeconds()))
            .toList();
    Stream<String> more =
        seconds.size() > shown
            ? Stream.of("and in %d seconds more".formatted(seconds.size() - shown))
            : Stream.empty();
    return String.join(", ", Stream.concat(seconds.stream().limit(shown), more).toList());
  }
}
