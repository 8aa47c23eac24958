package myriad.results.report.html;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import myriad.results.Counter;
import myriad.results.Interval;
import myriad.results.report.Units;

/**
 * What went wrong in a stretch of a run, in few words: what a chart of it marks.
 *
 * @param errors errors and losses by kind
 * @param pauses of the load generator, and its lateness
 */
record Troubles(List<String> errors, List<String> pauses) {

  /** A pause that is seen beside latencies of milliseconds. */
  private static final double WORTH_MARKING_MILLIS = 10;

  private static final double NANOS_PER_MILLI = 1e6;

  static Troubles of(List<Interval> stretch) {
    List<String> pauses = new ArrayList<>();
    double gc = stretch.stream().mapToDouble(Interval::generatorGcMillis).max().orElse(0);
    double stall = stretch.stream().mapToDouble(Interval::generatorStallMillis).max().orElse(0);
    double lag = stretch.stream().mapToDouble(Interval::lagP99Ns).max().orElse(0) / NANOS_PER_MILLI;
    add(pauses, "GC", gc);
    add(pauses, "stall", stall);
    add(pauses, "late", lag);
    return new Troubles(errors(stretch), pauses);
  }

  private static void add(List<String> pauses, String what, double millis) {
    if (millis >= WORTH_MARKING_MILLIS) {
      pauses.add(String.format(Locale.ROOT, "%s %.0f ms", what, millis));
    }
  }

  private static List<String> errors(List<Interval> stretch) {
    Map<Counter, Long> kinds = new EnumMap<>(Counter.class);
    for (Interval interval : stretch) {
      interval.errorsByKind().forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
    }
    if (!kinds.isEmpty()) {
      return kinds.entrySet().stream()
          .map(kind -> Units.whole(kind.getValue()) + " " + kind.getKey().label())
          .toList();
    }
    long errors = stretch.stream().mapToLong(Interval::errors).sum();
    return errors == 0 ? List.of() : List.of(Units.whole(errors) + " errors");
  }
}
