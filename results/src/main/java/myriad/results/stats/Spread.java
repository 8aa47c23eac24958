package myriad.results.stats;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Median;

/**
 * A figure over the repeats of one plan.
 *
 * @param mid the median
 * @param min the lowest
 * @param max the highest
 */
public record Spread(double mid, double min, double max) {

  // Without the copy, the library reorders the caller's array.
  private static final Median MEDIAN = Median.withDefaults().withCopy(true);

  /** Of no values there is none. */
  public static Optional<Spread> of(double... values) {
    return values.length == 0
        ? Optional.empty()
        : Optional.of(
            new Spread(
                MEDIAN.evaluate(values),
                Arrays.stream(values).min().getAsDouble(),
                Arrays.stream(values).max().getAsDouble()));
  }

  /** Half the range as a share of the median; 0 where the median is 0. */
  public double relative() {
    return mid == 0 ? 0 : (max - min) / 2 / mid;
  }
}
