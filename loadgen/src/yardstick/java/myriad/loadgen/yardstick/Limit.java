package myriad.loadgen.yardstick;

import java.util.List;

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

  /** Prints {@code values} beside this limit. */
  boolean holds(String what, List<Double> values) {
    Figures figures = Figures.of(values);
    boolean holds = atLeast ? figures.median() >= value : figures.median() <= value;
    System.out.printf(
        "%s  %s %s: %s%n",
        figures.line(what),
        atLeast ? "at least" : "at most",
        Figures.text(value),
        holds ? "kept" : "MISSED");
    return holds;
  }
}
