package myriad.server.variants;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import myriad.server.CloseKind;
import myriad.server.RunningServer;
import myriad.server.ServerCounters;
import org.jspecify.annotations.Nullable;

/**
 * The order in which every server ends: stop listening, let peers finish, cut off the rest.
 *
 * <p>It rests on one rule: a connection is counted as accepted before it is served, and as closed
 * after its descriptor is gone.
 */
abstract class StoppableServer implements RunningServer {

  /** How long threads and descriptors may take to go once nothing holds them. */
  static final Duration CUT_OFF_LIMIT = Duration.ofSeconds(5);

  /** The end of connections is polled: only a stop waits for it, and serving pays nothing. */
  private static final Duration POLL_PAUSE = Duration.ofMillis(1);

  private final ServerCounters counters;
  private volatile boolean cuttingOff;
  private @Nullable StopOutcome outcome;

  StoppableServer(ServerCounters counters) {
    this.counters = counters;
  }

  @Override
  public final ServerCounters counters() {
    return counters;
  }

  @Override
  public final synchronized StopOutcome stop(Duration deadline) {
    if (outcome == null) {
      stopListening();
      boolean finished = awaitNoneOpen(deadline);
      cuttingOff = true;
      cutOff();
      outcome = finished ? StopOutcome.GRACEFUL : StopOutcome.FORCED;
    }
    return outcome;
  }

  /** Frees the port; open connections are served on. */
  abstract void stopListening();

  /** Closes every connection and ends every thread; returns when both are gone. */
  abstract void cutOff();

  /** Why a connection closed on which {@code failure} was met. */
  final CloseKind closeKind(Throwable failure) {
    return cuttingOff ? CloseKind.SERVER_STOPPED : SocketFailures.closeKind(failure);
  }

  final boolean isCuttingOff() {
    return cuttingOff;
  }

  /** Waits until no connection is open; false if the limit passed or the caller is interrupted. */
  final boolean awaitNoneOpen(Duration limit) {
    long start = System.nanoTime();
    while (counters.snapshot().open() > 0) {
      if (System.nanoTime() - start >= limit.toNanos() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_PAUSE.toNanos());
    }
    return true;
  }
}
