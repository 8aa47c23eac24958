package myriad.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every figure of a result must be, whether it was measured or read from a file. */
final class Figures {

  private Figures() {}

  /** JSON knows neither NaN nor infinity, and no reader of a report wants them. */
  static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is not a finite number: " + value);
    }
    return value;
  }

  /** An immutable copy that keeps the order in which entries were put. */
  static <K, V> Map<K, V> ordered(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
