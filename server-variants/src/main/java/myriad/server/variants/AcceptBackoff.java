package myriad.server.variants;

import java.time.Duration;
import myriad.server.ServerCounters;

/**
 * How long a server leaves accept alone after it failed. A connection that cannot be taken stays in
 * the kernel's queue and keeps the listener ready, so a server that tried again at once would spin.
 * Used by one thread at a time.
 */
final class AcceptBackoff {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private final ServerCounters counters;
  private Duration nextPause = FIRST_PAUSE;

  AcceptBackoff(ServerCounters counters) {
    this.counters = counters;
    // Out of descriptors no class file can be opened: what counts a failure is loaded before one.
    SocketFailures.acceptFailure(new IllegalStateException());
  }

  void accepted() {
    nextPause = FIRST_PAUSE;
  }

  /** Counts the failure; the pause to make before accept is tried again. */
  Duration failed(Throwable failure) {
    counters.acceptFailed(SocketFailures.acceptFailure(failure));
    Duration pause = nextPause;
    Duration doubled = pause.multipliedBy(2);
    nextPause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return pause;
  }
}
