package myriad.results.report.html;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import myriad.results.RunResult;
import myriad.results.report.RunLabels;

/** A verdict as a small coloured label; the word says all, the colour only helps. */
final class Badge {

  private Badge() {}

  static String of(RunResult run) {
    return html(RunLabels.verdict(run), 1);
  }

  /** One for each verdict among {@code runs}, with how many there are. */
  static String ofAll(List<RunResult> runs) {
    return runs.stream()
        .collect(groupingBy(RunLabels::verdict, LinkedHashMap::new, counting()))
        .entrySet()
        .stream()
        .map(entry -> html(entry.getKey(), entry.getValue()))
        .collect(joining(" "));
  }

  private static String html(String verdict, long count) {
    String style =
        switch (verdict) {
          case "VALID" -> "badge good";
          case "INVALID", "TARGET_FAILED" -> "badge bad";
          default -> "badge";
        };
    String times = count == 1 ? "" : " × " + count;
    return "<span class=\"%s\">%s</span>".formatted(style, Html.escape(verdict + times));
  }
}
