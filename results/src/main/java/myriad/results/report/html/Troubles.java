package myriad.results.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import myriad.results.Interval;
import myriad.results.report.Units;

/** What went wrong in a stretch of a run, in few words: what a chart of it marks. */
final class Troubles {

  /** A pause that is seen beside latencies of milliseconds. */
  private static final double WORTH_MARKING_MILLIS = 10;

  private static final double NANOS_PER_MILLI = 1e6;

  private Troubles() {}

  /** Errors, then lateness of the load generator; empty if none. */
  static List<String> of(List<Interval> stretch) {
    List<String> troubles = new ArrayList<>();
    long errors = stretch.stream().mapToLong(Interval::errors).sum();
    if (errors > 0) {
      troubles.add(Units.whole(errors) + " errors");
    }
    add(troubles, "late", millis(stretch, interval -> interval.lagP99Ns() / NANOS_PER_MILLI));
    return troubles;
  }

  private static double millis(List<Interval> stretch, ToDoubleFunction<Interval> millis) {
    return stretch.stream().mapToDouble(millis).max().orElse(0);
  }

  private static void add(List<String> troubles, String what, double millis) {
    if (millis >= WORTH_MARKING_MILLIS) {
      troubles.add(String.format(Locale.ROOT, "%s %.0f ms", what, millis));
    }
  }
}
