package myriad.server.variants;

import java.time.Duration;
import myriad.server.CloseKind;
import myriad.server.RunningServer;
import myriad.server.ServerCounters;
import org.jspecify.annotations.Nullable;

/**
 * The order in which every server ends: stop listening, let peers finish, cut off the rest.
 *
 * <p>It rests on one rule: a connection is counted as accepted before it is served, and as closed
 * when nothing serves it any more and its descriptor is gone; or, with io_uring, when the kernel
 * was told to close it.
 */
abstract class StoppableServer implements RunningServer {

  /** How long threads and descriptors may take to go once nothing holds them. */
  static final Duration CUT_OFF_LIMIT = Duration.ofSeconds(5);

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
      outcome = StopOutcome.FORCED;
      try {
        stopListening();
        outcome = finishedWithin(deadline) ? StopOutcome.GRACEFUL : StopOutcome.FORCED;
      } finally {
        cuttingOff = true;
        cutOffUninterrupted();
      }
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

  /** Whatever waits for threads in there would otherwise leave them behind. */
  private void cutOffUninterrupted() {
    boolean interrupted = Thread.interrupted();
    try {
      cutOff();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until no connection is open, though interrupted; false if the limit passed. */
  final boolean awaitNoneOpen(Duration limit) {
    return Ending.uninterrupted(() -> noneOpenWithin(limit));
  }

  /** Likewise; an interrupt is the end of the deadline. */
  private boolean finishedWithin(Duration deadline) {
    try {
      return noneOpenWithin(deadline);
    } catch (InterruptedException cutOff) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean noneOpenWithin(Duration limit) throws InterruptedException {
    return Ending.within(limit, () -> counters.snapshot().open() == 0);
  }
}
