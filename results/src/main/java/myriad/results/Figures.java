package myriad.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every figure of a result must be, whether it was measured or read from a file. */
final class Figures {

  /** Nanoseconds of thirty years: whatever is made of such a figure is finite too. */
  private static final double LARGEST = 1e18;

  private Figures() {}

  /**
   * JSON knows neither NaN nor infinity, and no reader of a report wants them.
   *
   * @throws IllegalArgumentException if {@code value} is none that a run can have; the message is
   *     one line
   */
  static double finite(String name, double value) {
    if (!(Math.abs(value) <= LARGEST)) {
      throw new IllegalArgumentException(
          "%s is %s; it takes a number of at most %s to either side of zero"
              .formatted(name, value, LARGEST));
    }
    return value;
  }

  /** An immutable copy that keeps the order in which entries were put. */
  static <K, V> Map<K, V> ordered(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
