package myriad.results.report.html;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** A latency distribution as points (1 / (1 - p), µs), evenly spaced on a logarithmic axis. */
final class PercentileCurve {

  private static final int POINTS_A_DECADE = 10;
  private static final double NANOS_PER_MICRO = 1_000;

  private PercentileCurve() {}

  /** From the least value to the greatest that was recorded. */
  static List<List<Number>> of(Histogram histogram) {
    long count = histogram.getTotalCount();
    List<List<Number>> points = new ArrayList<>();
    double rarity = 1;
    for (int step = 1; rarity < count; step++) {
      points.add(point(rarity, histogram.getValueAtPercentile(100 - 100 / rarity)));
      rarity = Math.pow(10, step / (double) POINTS_A_DECADE);
    }
    if (count > 0) {
      points.add(point((double) count, histogram.getMaxValue()));
    }
    return points;
  }

  private static List<Number> point(double rarity, long nanos) {
    return List.of(Compact.number(rarity), Compact.number(nanos / NANOS_PER_MICRO));
  }
}
