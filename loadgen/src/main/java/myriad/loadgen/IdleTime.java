package myriad.loadgen;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long an event loop ran and had nothing to do, which its CPU time does not tell. Its rounds
 * follow each other without a gap: one that polled and brought nothing was idle; in all others it
 * was busy, or slept. Written by that loop alone; any thread may read it.
 */
final class IdleTime {

  /** A round that brought nothing and took longer was not idle: the loop was off its CPU. */
  static final long LONGEST_ROUND_NS = 50_000;

  private final AtomicLong totalNs = new AtomicLong();
  private long roundFromNs;
  private boolean nothingToDo;

  /**
   * A round has ended, and the next one begins.
   *
   * @param nothingCame whether it did not sleep, and no socket had to be seen to in it
   * @param nothingToDo whether the next one begins without anything that is due
   */
  void endRound(long nowNs, boolean nothingCame, boolean nothingToDo) {
    long tookNs = nowNs - roundFromNs;
    if (this.nothingToDo && nothingCame && tookNs <= LONGEST_ROUND_NS) {
      totalNs.setRelease(totalNs.getPlain() + tookNs);
    }
    this.nothingToDo = nothingToDo;
    roundFromNs = nowNs;
  }

  /** Of all rounds that have ended. */
  long totalNs() {
    return totalNs.getAcquire();
  }
}
