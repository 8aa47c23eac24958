package myriad.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long the rest of a sweep will take: as long as its runs took so far. */
final class SweepClock {

  private final int runs;
  private final Duration usualRun;
  private final LongSupplier nanoClock;
  private final long startNs;
  private int begun;

  /**
   * Starts now.
   *
   * @param runs planned
   * @param usualRun length of a run, as long as none has ended
   * @param nanoClock as {@link System#nanoTime}
   */
  SweepClock(int runs, Duration usualRun, LongSupplier nanoClock) {
    this.runs = runs;
    this.usualRun = usualRun;
    this.nanoClock = nanoClock;
    this.startNs = nanoClock.getAsLong();
  }

  /** The next run begins. Gives its number, from 1. */
  int begin() {
    begun++;
    return begun;
  }

  /** Time that the runs after the one that began last will take. */
  Duration laterRuns() {
    int ended = begun - 1;
    Duration mean =
        ended == 0 ? usualRun : Duration.ofNanos((nanoClock.getAsLong() - startNs) / ended);
    return mean.multipliedBy(runs - begun);
  }
}
