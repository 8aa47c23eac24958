package myriad.loadgen;

import java.util.EnumMap;
import java.util.Map;
import myriad.results.LatencyKind;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one event loop over one interval, by kind, in nanoseconds. Written by that loop
 * alone, so that a record costs no synchronisation; the loop hands it over whole when the interval
 * ends.
 *
 * <p>The latest are kept in a row, and recorded together. Between two system calls the memory of a
 * histogram has left the caches nearest to the processor, and each record by itself would wait for
 * it.
 */
@SuppressWarnings("EnumOrdinal") // an index of the moment, in the hot path; never stored
final class LatencyRecorder {

  /** The longest latency that is told apart from longer ones: 10 minutes. */
  static final long HIGHEST_NS = 600_000_000_000L;

  /** Percentiles are right to 0.1 %. */
  static final int SIGNIFICANT_DIGITS = 3;

  private static final LatencyKind[] KINDS = LatencyKind.values();

  private final OfKind[] kinds = new OfKind[KINDS.length];

  LatencyRecorder() {
    for (LatencyKind kind : KINDS) {
      kinds[kind.ordinal()] = new OfKind();
    }
  }

  static Histogram newHistogram() {
    return new Histogram(1, HIGHEST_NS, SIGNIFICANT_DIGITS);
  }

  /** Records one latency. A negative one is a clock that went back, and counts as none. */
  void record(LatencyKind kind, long latencyNs) {
    kinds[kind.ordinal()].record(latencyNs);
  }

  Histogram histogram(LatencyKind kind) {
    return kinds[kind.ordinal()].histogram();
  }

  /** How many latencies of a kind were longer than those that are told apart. */
  long overflow(LatencyKind kind) {
    return kinds[kind.ordinal()].overflow();
  }

  /** Adds what {@code other} has recorded. */
  void add(LatencyRecorder other) {
    for (int i = 0; i < kinds.length; i++) {
      kinds[i].add(other.kinds[i]);
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

  void reset() {
    for (OfKind kind : kinds) {
      kind.reset();
    }
  }

  private static final class OfKind {

    private static final int MOST_AT_ONCE = 128;

    private final Histogram histogram = newHistogram();
    private final long[] latestNs = new long[MOST_AT_ONCE];
    private int latest;
    private long overflow;

    void record(long latencyNs) {
      latestNs[latest++] = latencyNs;
      if (latest == MOST_AT_ONCE) {
        recordLatest();
      }
    }

    private void recordLatest() {
      for (int i = 0; i < latest; i++) {
        if (latestNs[i] > HIGHEST_NS) {
          overflow++;
        } else {
          histogram.recordValue(Math.max(0, latestNs[i]));
        }
      }
      latest = 0;
    }

    Histogram histogram() {
      recordLatest();
      return histogram;
    }

    long overflow() {
      recordLatest();
      return overflow;
    }

    void add(OfKind other) {
      if (other.histogram().getTotalCount() > 0) {
        histogram.add(other.histogram);
      }
      overflow += other.overflow();
    }

    void reset() {
      latest = 0;
      overflow = 0;
      if (histogram.getTotalCount() > 0) {
        histogram.reset();
      }
    }
  }
}
