package myriad.results;

import org.HdrHistogram.Histogram;

/**
 * The figures of one latency histogram, in nanoseconds. Percentiles have the histogram's relative
 * error of 0.1 %.
 *
 * @param count values recorded
 * @param overflow values over the histogram's range, counted here and nowhere else
 */
public record LatencySummary(
    long count,
    long overflow,
    long minNs,
    double meanNs,
    long p50Ns,
    long p75Ns,
    long p90Ns,
    long p99Ns,
    long p999Ns,
    long p9999Ns,
    long maxNs) {

  public LatencySummary {
    Figures.finite("meanNs", meanNs);
  }

  public static LatencySummary of(Histogram histogram, long overflow) {
    long count = histogram.getTotalCount();
    return new LatencySummary(
        count,
        overflow,
        count == 0 ? 0 : histogram.getMinValue(),
        histogram.getMean(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(75),
        histogram.getValueAtPercentile(90),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getValueAtPercentile(99.99),
        histogram.getMaxValue());
  }
}
