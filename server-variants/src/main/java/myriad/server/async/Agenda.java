package myriad.server.async;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a loop is to run: callbacks that are ready, timers, and what other threads handed over. Only
 * {@link #hand} may be called by other threads.
 */
final class Agenda {

  private final Poller poller;
  private final Queue<Handle> ready = new ArrayDeque<>();
  private final Timers timers = new Timers();
  private final Queue<Handle> fromOtherThreads = new ConcurrentLinkedQueue<>();
  private volatile boolean waiting;

  Agenda(Poller poller) {
    this.poller = poller;
  }

  Poller poller() {
    return poller;
  }

  Timers timers() {
    return timers;
  }

  void add(Handle handle) {
    ready.add(handle);
  }

  /** Adds, and wakes the loop if it waits. */
  void hand(Handle handle) {
    fromOtherThreads.add(handle);
    if (waiting) {
      poller.wakeup();
    }
  }

  /** Gathers what is ready for the next turn; waits for it if nothing is, and {@code mayWait}. */
  void awaitTurn(boolean mayWait) {
    long timeoutNanos = mayWait && ready.isEmpty() ? timers.nanosToNext(poller.nanoTime()) : 0;
    if (timeoutNanos != 0 || poller.hasChannels()) {
      poll(timeoutNanos);
    }
    moveFromOtherThreads();
    timers.moveDue(poller.nanoTime(), ready);
  }

  int readyCount() {
    return ready.size();
  }

  Handle removeNext() {
    return ready.remove();
  }

  /** Drops everything, and closes the poller. */
  void close() {
    ready.clear();
    timers.clear();
    fromOtherThreads.clear();
    try {
      poller.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void poll(long timeoutNanos) {
    try {
      waiting = timeoutNanos != 0;
      // Looked at after `waiting` was set: whoever adds later sees it, and wakes the poller.
      poller.poll(waiting && !fromOtherThreads.isEmpty() ? 0 : timeoutNanos);
    } catch (IOException failure) {
      throw new UncheckedIOException("the selector of an event loop failed", failure);
    } finally {
      waiting = false;
    }
  }

  private void moveFromOtherThreads() {
    for (Handle handle = fromOtherThreads.poll();
        handle != null;
        handle = fromOtherThreads.poll()) {
      ready.add(handle);
    }
  }
}
