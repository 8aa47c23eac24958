package myriad.server.async;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A clock that jumps to the next timer instead of waiting for it, so that orderings are exact. */
final class VirtualTime implements Poller {

  /** How long other threads may take to wake a loop that has nothing else to wait for. */
  private static final long LIMIT_SECONDS = 20;

  private final Semaphore wakeups = new Semaphore(0);
  private long nowNanos;

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public void poll(long timeoutNanos) {
    if (timeoutNanos == FOREVER) {
      awaitWakeup();
    } else {
      nowNanos += timeoutNanos;
    }
  }

  /** Time passes while a callback runs. */
  void advance(Duration duration) {
    nowNanos += duration.toNanos();
  }

  private void awaitWakeup() {
    try {
      if (!wakeups.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the loop waits for ever: no timer, and no wake-up from a thread");
      }
      wakeups.drainPermits();
    } catch (InterruptedException interrupted) {
      // As a selector does: it does not wait in a thread that is interrupted.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void wakeup() {
    wakeups.release();
  }

  @Override
  public boolean hasChannels() {
    return false;
  }

  @Override
  public SelectionKey register(SelectableChannel channel, Listener listener) {
    throw new UnsupportedOperationException("no channels in virtual time");
  }

  @Override
  public List<SelectableChannel> openChannels() {
    return List.of();
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
