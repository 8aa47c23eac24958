package myriad.results.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import myriad.results.LatencyKind;
import myriad.results.RunHistograms;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * How many latencies of each size there were in each stretch of time.
 *
 * @param kind what is counted, in words
 * @param bucketsADecade bucket {@code n} holds latencies from 10^(n / bucketsADecade) µs up to the
 *     next
 * @param columns one a stretch of time: its start and length in seconds since the run began, the
 *     first bucket, and the count of it and of each bucket that follows
 */
record LatencyHeatmap(String kind, int bucketsADecade, List<List<Number>> columns) {

  private static final int BUCKETS_A_DECADE = 8;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double MILLIS = 1_000;

  /**
   * Of response time where it was recorded, else of service time.
   *
   * @param mostColumns neighbouring intervals are merged until there are no more
   * @return null where nothing was recorded over time
   */
  static @Nullable LatencyHeatmap of(RunHistograms histograms, int mostColumns) {
    LatencyKind kind =
        histograms.measured().containsKey(LatencyKind.RESPONSE)
            ? LatencyKind.RESPONSE
            : LatencyKind.SERVICE;
    List<Stretch> intervals = new ArrayList<>();
    for (Map<LatencyKind, Histogram> interval : histograms.intervals()) {
      Histogram histogram = interval.get(kind);
      if (histogram != null) {
        intervals.add(Stretch.of(histogram, histograms.startMillis()));
      }
    }
    if (intervals.isEmpty()) {
      return null;
    }
    int merged = Math.ceilDiv(intervals.size(), mostColumns);
    List<List<Number>> columns = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i += merged) {
      columns.add(
          intervals.subList(i, Math.min(i + merged, intervals.size())).stream()
              .reduce(Stretch::with)
              .orElseThrow()
              .column());
    }
    return new LatencyHeatmap(kind.label(), BUCKETS_A_DECADE, columns);
  }

  /** The buckets of some time, in seconds since the run began. */
  private record Stretch(double startSeconds, double endSeconds, TreeMap<Integer, Long> buckets) {

    static Stretch of(Histogram histogram, long runStartMillis) {
      TreeMap<Integer, Long> buckets = new TreeMap<>();
      for (HistogramIterationValue value : histogram.recordedValues()) {
        buckets.merge(
            bucket(value.getValueIteratedTo()), value.getCountAtValueIteratedTo(), Long::sum);
      }
      return new Stretch(
          (histogram.getStartTimeStamp() - runStartMillis) / MILLIS,
          (histogram.getEndTimeStamp() - runStartMillis) / MILLIS,
          buckets);
    }

    /** This one and one that is later. */
    Stretch with(Stretch later) {
      TreeMap<Integer, Long> sum = new TreeMap<>(buckets);
      later.buckets.forEach((bucket, count) -> sum.merge(bucket, count, Long::sum));
      return new Stretch(startSeconds, later.endSeconds, sum);
    }

    List<Number> column() {
      List<Number> column = new ArrayList<>();
      column.add(Compact.number(startSeconds));
      column.add(Compact.number(endSeconds - startSeconds));
      if (!buckets.isEmpty()) {
        column.add(buckets.firstKey());
        for (int bucket = buckets.firstKey(); bucket <= buckets.lastKey(); bucket++) {
          column.add(buckets.getOrDefault(bucket, 0L));
        }
      }
      return column;
    }
  }

  private static int bucket(long nanos) {
    double micros = Math.max(1, nanos / NANOS_PER_MICRO);
    return (int) Math.floor(Math.log10(micros) * BUCKETS_A_DECADE);
  }
}
