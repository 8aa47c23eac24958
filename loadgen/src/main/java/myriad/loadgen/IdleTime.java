package myriad.loadgen;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long an event loop that never sleeps had nothing to do, which its CPU time does not tell. Its
 * rounds follow each other without a gap: one that brought nothing was idle, all others were busy.
 * Written by that loop alone; any thread may read it.
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
   * @param nothingCame whether no socket had to be seen to in it
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
