package myriad.loadgen.yardstick;

import java.util.List;
import java.util.Locale;

/**
 * What the median of a figure must keep.
 *
 * @param value the least, or the most, that is allowed
 */
record Limit(boolean atLeast, double value) {

  static Limit atLeast(double value) {
    return new Limit(true, value);
  }

  static Limit atMost(double value) {
    return new Limit(false, value);
  }

  /** Prints the median of {@code figures}, with the least and the greatest, beside this limit. */
  boolean holds(String what, List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    boolean holds = atLeast ? median >= value : median <= value;
    System.out.printf(
        "%-48s%10s [%s %s]  %s %s: %s%n",
        what,
        text(median),
        text(sorted.getFirst()),
        text(sorted.getLast()),
        atLeast ? "at least" : "at most",
        text(value),
        holds ? "kept" : "MISSED");
    return holds;
  }

  private static String text(double figure) {
    return String.format(Locale.ROOT, figure < 100 ? "%.2f" : "%,.0f", figure);
  }
}
