package myriad.loadgen;

import java.util.List;

/**
 * Visits each of many things once in a period, a slice at a time, so that nothing waits while all
 * of them are looked at. Not thread-safe.
 *
 * @param <T> what is visited
 */
final class SlicedScan<T> {

  /** Visited at once; a few microseconds of work. */
  static final int SLICE = 512;

  /** What is done with each. */
  @FunctionalInterface
  interface Visitor<T> {
    void visit(T each, long nowNs);
  }

  private final long periodNs;
  private final Visitor<T> visitor;
  private int position;
  private long nextNs;

  /**
   * A scan that begins at once.
   *
   * @param periodNs from one visit to the next of the same thing
   */
  SlicedScan(long periodNs, Visitor<T> visitor) {
    this.periodNs = periodNs;
    this.visitor = visitor;
  }

  /** When the next slice is due. */
  long nextDueNs() {
    return nextNs;
  }

  /** Visits the next slice of {@code all}, if it is due. */
  void runDue(long nowNs, List<T> all) {
    if (nowNs < nextNs) {
      return;
    }
    int until = Math.min(position + SLICE, all.size());
    for (; position < until; position++) {
      visitor.visit(all.get(position), nowNs);
    }
    if (position >= all.size()) {
      position = 0;
    }
    int slices = Math.max(1, Math.ceilDiv(all.size(), SLICE));
    nextNs = nowNs + Math.ceilDiv(periodNs, slices);
  }
}
