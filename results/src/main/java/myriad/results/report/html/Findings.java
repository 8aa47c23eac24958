package myriad.results.report.html;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
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
    return Stream.of(troubles(run), notes(run))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /**
   * Over all groups, each finding once a group: a list of what went wrong, and what was noted
   * besides, to be unfolded.
   */
  static String list(List<RunGroup> groups) {
    List<String> troubles = lines(groups, Findings::troubles);
    List<String> notes = lines(groups, Findings::notes);
    if (troubles.isEmpty() && notes.isEmpty()) {
      return "<p class=\"hint\">Nothing is to be said of any run.</p>";
    }
    String folded =
        notes.isEmpty()
            ? ""
            : "<details class=\"more-findings\"><summary>%d note%s</summary>%s</details>"
                .formatted(notes.size(), notes.size() == 1 ? "" : "s", list(notes));
    return (troubles.isEmpty() ? "" : list(troubles)) + folded;
  }

  private static String troubles(RunResult run) {
    Stream<String> errors =
        run.counters().entrySet().stream()
            .filter(entry -> entry.getKey().isError() && entry.getValue() > 0)
            .map(entry -> entry.getKey().label() + ": " + Units.whole(entry.getValue()));
    return Stream.concat(errors, run.verdict().reasons().stream())
        .collect(Collectors.joining("; "));
  }

  private static String notes(RunResult run) {
    return String.join("; ", run.notes());
  }

  private static String list(Collection<String> lines) {
    String more =
        lines.size() > MOST_LINES
            ? "<li>and %d more, in the table of runs</li>".formatted(lines.size() - MOST_LINES)
            : "";
    return lines.stream()
        .limit(MOST_LINES)
        .collect(Collectors.joining("\n", "<ul class=\"findings\">", more + "</ul>"));
  }

  private static List<String> lines(List<RunGroup> groups, Function<RunResult, String> words) {
    return groups.stream().flatMap(group -> lines(group, words)).toList();
  }

  private static Stream<String> lines(RunGroup group, Function<RunResult, String> words) {
    return group.runs().stream()
        .map(words)
        .filter(finding -> !finding.isEmpty())
        .distinct()
        .map(
            finding ->
                "<li><strong>%s</strong>, %s: %s</li>"
                    .formatted(
                        Html.escape(group.serverName()),
                        Html.escape(group.load()),
                        Html.escape(finding)));
  }
}
