package myriad.results.gate;

import java.util.Arrays;
import java.util.SplittableRandom;
import myriad.results.GateResult.Resolution;
import myriad.results.stats.SignedRank;
import org.apache.commons.statistics.descriptive.Median;

/**
 * What a machine can tell apart: the least worsening that a gate fails nine times of ten, given how
 * much base differs from itself. Found by simulation: gates are drawn from the differences of base
 * to base, centred and smoothed (a smoothed bootstrap), and moved until enough of them fail.
 *
 * @see <a href="https://doi.org/10.1093/biomet/74.3.469">Silverman and Young, The bootstrap: to
 *     smooth or not to smooth?</a>
 */
final class LeastVisible {

  private static final double POWER = 0.9;
  private static final int GATES = 400;
  private static final int STEPS = 12;

  /** A worsening by e, to 172 % more, is the most that is looked for. */
  private static final double MOST = 1;

  private LeastVisible() {}

  /**
   * Searches.
   *
   * @param sameToSame {@link GateMetric#worsening} of base to base, at least two
   * @param level that a metric is failed at
   * @param pairs that a gate has
   */
  static Resolution of(GateMetric metric, double[] sameToSame, double level, int pairs) {
    double[][] gates = gates(sameToSame, pairs);
    double low = metric.logMargin();
    double high = low + MOST;
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + high) / 2;
      if (failed(gates, middle, metric.logMargin(), level) >= POWER) {
        high = middle;
      } else {
        low = middle;
      }
    }
    double middle = Median.withDefaults().withCopy(true).evaluate(sameToSame);
    return new Resolution(
        metric.name(), pairs, Math.abs(metric.ratio(high) - 1), metric.ratio(middle));
  }

  private static double[][] gates(double[] sample, int pairs) {
    double mean = Arrays.stream(sample).average().orElseThrow();
    double spread =
        Math.sqrt(
            Arrays.stream(sample).map(x -> (x - mean) * (x - mean)).sum() / (sample.length - 1));
    double bandwidth = 1.06 * Math.pow(sample.length, -0.2);
    // Smoothing adds spread, which is taken off again.
    double shrinking = 1 / Math.sqrt(1 + bandwidth * bandwidth);
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(sample));
    double[][] gates = new double[GATES][pairs];
    for (double[] gate : gates) {
      Arrays.setAll(
          gate,
          _ -> {
            double drawn = sample[random.nextInt(sample.length)] - mean;
            return shrinking * (drawn + bandwidth * spread * random.nextGaussian());
          });
    }
    return gates;
  }

  private static double failed(double[][] gates, double shift, double margin, double level) {
    return Arrays.stream(gates)
            .filter(gate -> SignedRank.pGreater(gate, margin - shift) <= level)
            .count()
        / (double) GATES;
  }
}
