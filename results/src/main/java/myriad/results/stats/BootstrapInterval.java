package myriad.results.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * An interval around the median of a sample by the percentile bootstrap. It is shown beside a
 * decision and never decides: for few pairs it is too narrow.
 */
public record BootstrapInterval(double low, double high) {

  private static final int RESAMPLES = 2_000;
  private static final Median MEDIAN = Median.withDefaults();

  /**
   * The interval of {@code sample}; the same sample gives the same interval.
   *
   * @param confidence such as 0.95
   */
  public static BootstrapInterval ofMedian(double[] sample, double confidence) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("no sample");
    }
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(sample));
    double[] medians = new double[RESAMPLES];
    double[] resample = new double[sample.length];
    for (int i = 0; i < RESAMPLES; i++) {
      Arrays.setAll(resample, _ -> sample[random.nextInt(sample.length)]);
      medians[i] = MEDIAN.evaluate(resample);
    }
    double tail = (1 - confidence) / 2;
    double[] ends = Quantile.withDefaults().evaluate(medians, tail, 1 - tail);
    return new BootstrapInterval(ends[0], ends[1]);
  }
}
