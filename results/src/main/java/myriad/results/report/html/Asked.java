package myriad.results.report.html;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import myriad.results.RunResult;

/** What was asked for: every option of the runs, with the values that it took. */
final class Asked {

  private static final int MOST_VALUES = 12;

  private Asked() {}

  /** A paragraph; empty where nothing is known. */
  static String of(List<RunResult> runs) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (RunResult run : runs) {
      run.plan()
          .forEach(
              (option, value) ->
                  values.computeIfAbsent(option, _ -> new LinkedHashSet<>()).add(value));
    }
    return values.isEmpty()
        ? ""
        : values.entrySet().stream()
            .map(
                option ->
                    "%s <b>%s</b>"
                        .formatted(Html.escape(option.getKey()), Html.escape(list(option))))
            .collect(Collectors.joining(" · ", "<p class=\"asked\">", "</p>"));
  }

  private static String list(Map.Entry<String, Set<String>> option) {
    int left = option.getValue().size() - MOST_VALUES;
    return option.getValue().stream().limit(MOST_VALUES).collect(Collectors.joining(", "))
        + (left > 0 ? " and %d more".formatted(left) : "");
  }
}
