package myriad.loadgen.yardstick;

import java.util.List;
import java.util.Locale;

/** What repeats of a measurement gave. */
record Figures(double median, double least, double greatest) {

  static Figures of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return new Figures(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }

  /** The median, with the least and the greatest, behind {@code what} they are. */
  String line(String what) {
    return "%-48s%10s [%s %s]".formatted(what, text(median), text(least), text(greatest));
  }

  static String text(double figure) {
    return String.format(Locale.ROOT, figure < 100 ? "%.2f" : "%,.0f", figure);
  }
}
