package myriad.results.report.html;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myriad.results.RunResult;
import myriad.results.report.RunGroup;
import myriad.results.report.Units;

/** What went wrong or was found, in words. */
final class Findings {

  private static final int MOST_LINES = 40;

  private Findings() {}

  /**
   * Errors by kind, then why the run cannot be trusted, then what was noted; empty if all is well.
   */
  static String of(RunResult run) {
    Stream<String> errors =
        run.counters().entrySet().stream()
            .filter(entry -> entry.getKey().isError() && entry.getValue() > 0)
            .map(entry -> entry.getKey().label() + ": " + Units.whole(entry.getValue()));
    return Stream.of(errors, run.verdict().reasons().stream(), run.notes().stream())
        .flatMap(lines -> lines)
        .collect(Collectors.joining("; "));
  }

  /** A list over all groups, each finding once a group. */
  static String list(List<RunGroup> groups) {
    List<String> lines = groups.stream().flatMap(Findings::lines).toList();
    if (lines.isEmpty()) {
      return "<p class=\"hint\">Nothing is to be said of any run.</p>";
    }
    String more =
        lines.size() > MOST_LINES
            ? "<li>and %d more, in the table of runs</li>".formatted(lines.size() - MOST_LINES)
            : "";
    return lines.stream()
        .limit(MOST_LINES)
        .collect(Collectors.joining("\n", "<ul class=\"findings\">", more + "</ul>"));
  }

  private static Stream<String> lines(RunGroup group) {
    return group.runs().stream()
        .map(Findings::of)
        .filter(finding -> !finding.isEmpty())
        .distinct()
        .map(
            finding ->
                "<li><strong>%s</strong>, %s: %s</li>"
                    .formatted(
                        Html.escape(group.variant()),
                        Html.escape(group.load()),
                        Html.escape(finding)));
  }
}
