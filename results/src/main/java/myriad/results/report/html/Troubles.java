package myriad.results.report.html;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import myriad.results.Counter;
import myriad.results.Interval;
import myriad.results.report.Units;

/** What went wrong in a stretch of a run, in few words: what a chart of it marks. */
final class Troubles {

  /** A pause that is seen beside latencies of milliseconds. */
  private static final double WORTH_MARKING_MILLIS = 10;

  private static final double NANOS_PER_MILLI = 1e6;

  private Troubles() {}

  /** Errors and losses by kind, then pauses and lateness of the load generator; empty if none. */
  static List<String> of(List<Interval> stretch) {
    List<String> troubles = new ArrayList<>(errors(stretch));
    double gc = stretch.stream().mapToDouble(Interval::generatorGcMillis).max().orElse(0);
    double stall = stretch.stream().mapToDouble(Interval::generatorStallMillis).max().orElse(0);
    double lag = stretch.stream().mapToDouble(Interval::lagP99Ns).max().orElse(0) / NANOS_PER_MILLI;
    add(troubles, "GC", gc);
    add(troubles, "stall", stall);
    add(troubles, "late", lag);
    return troubles;
  }

  private static void add(List<String> troubles, String what, double millis) {
    if (millis >= WORTH_MARKING_MILLIS) {
      troubles.add(String.format(Locale.ROOT, "%s %.0f ms", what, millis));
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
