package myriad.loadgen;

import java.util.EnumMap;
import java.util.Map;
import myriad.results.LatencyKind;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one event loop over one interval, by kind, in nanoseconds. Written by that loop
 * alone, so that a record costs no synchronisation; the loop hands it over whole when the interval
 * ends.
 */
@SuppressWarnings("EnumOrdinal") // an index of the moment, in the hot path; never stored
final class LatencyRecorder {

  /** The longest latency that is told apart from longer ones: 10 minutes. */
  static final long HIGHEST_NS = 600_000_000_000L;

  /** Percentiles are right to 0.1 %. */
  static final int SIGNIFICANT_DIGITS = 3;

  private static final LatencyKind[] KINDS = LatencyKind.values();

  private final Histogram[] histograms = new Histogram[KINDS.length];
  private final long[] overflow = new long[KINDS.length];

  LatencyRecorder() {
    for (LatencyKind kind : KINDS) {
      histograms[kind.ordinal()] = newHistogram();
    }
  }

  static Histogram newHistogram() {
    return new Histogram(1, HIGHEST_NS, SIGNIFICANT_DIGITS);
  }

  /** Records one latency. A negative one is a clock that went back, and counts as none. */
  void record(LatencyKind kind, long latencyNs) {
    if (latencyNs > HIGHEST_NS) {
      overflow[kind.ordinal()]++;
    } else {
      histograms[kind.ordinal()].recordValue(Math.max(0, latencyNs));
    }
  }

  Histogram histogram(LatencyKind kind) {
    return histograms[kind.ordinal()];
  }

  /** Adds what was recorded since the last {@link #reset} to the totals of a whole phase. */
  void addTo(Map<LatencyKind, Histogram> totals, Map<LatencyKind, Long> overflows) {
    for (LatencyKind kind : KINDS) {
      Histogram recorded = histograms[kind.ordinal()];
      if (recorded.getTotalCount() > 0) {
        totals.computeIfAbsent(kind, k -> newHistogram()).add(recorded);
      }
      if (overflow[kind.ordinal()] > 0) {
        overflows.merge(kind, overflow[kind.ordinal()], Long::sum);
      }
    }
  }

  void reset() {
    for (LatencyKind kind : KINDS) {
      if (histograms[kind.ordinal()].getTotalCount() > 0) {
        histograms[kind.ordinal()].reset();
      }
      overflow[kind.ordinal()] = 0;
    }
  }

  static Map<LatencyKind, Histogram> noTotals() {
    return new EnumMap<>(LatencyKind.class);
  }
}
