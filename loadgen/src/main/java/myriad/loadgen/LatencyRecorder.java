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

  /** Adds what {@code other} has recorded. */
  void add(LatencyRecorder other) {
    for (LatencyKind kind : KINDS) {
      if (other.histogram(kind).getTotalCount() > 0) {
        histogram(kind).add(other.histogram(kind));
      }
      overflow[kind.ordinal()] += other.overflow[kind.ordinal()];
    }
  }

  /** The histograms of the kinds that were recorded; this recorder's own, until its reset. */
  Map<LatencyKind, Histogram> recorded() {
    Map<LatencyKind, Histogram> recorded = new EnumMap<>(LatencyKind.class);
    for (LatencyKind kind : KINDS) {
      if (histogram(kind).getTotalCount() > 0) {
        recorded.put(kind, histogram(kind));
      }
    }
    return recorded;
  }

  /** How many latencies of a kind were longer than those that are told apart. */
  long overflow(LatencyKind kind) {
    return overflow[kind.ordinal()];
  }

  void reset() {
    for (LatencyKind kind : KINDS) {
      if (histograms[kind.ordinal()].getTotalCount() > 0) {
        histograms[kind.ordinal()].reset();
      }
      overflow[kind.ordinal()] = 0;
    }
  }
}
