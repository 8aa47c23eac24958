package myriad.server.async;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Mutual exclusion among the tasks of one loop, over awaits. Fair: whoever asked first gets it
 * first. Not reentrant, and not for threads.
 *
 * <pre>{@code
 * try (var _ = lock.hold()) {
 *   await(something);
 * }
 * }</pre>
 */
public final class Lock {

  /** Releases the lock when closed. */
  @FunctionalInterface
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  private final Queue<Future<Void>> waiters = new ArrayDeque<>();
  private boolean locked;

  public boolean isLocked() {
    return locked;
  }

  /** Waits until the lock is free, and takes it until the result is closed. */
  public Held hold() {
    acquire();
    return this::release;
  }

  /** Waits until the lock is free, and takes it. */
  public void acquire() {
    if (locked || Waiters.anyUncancelled(waiters)) {
      waitForRelease();
    }
    locked = true;
  }

  private void waitForRelease() {
    Future<Void> waiter = Task.current("Lock.acquire").loop().createFuture();
    waiters.add(waiter);
    try {
      Waiters.await(waiter);
    } catch (CancelledError cancelled) {
      waiters.remove(waiter);
      // It may have been woken before it was cancelled: the turn goes to the next.
      if (!locked) {
        Waiters.wakeFirst(waiters);
      }
      throw cancelled;
    }
    waiters.remove(waiter);
  }

  /**
   * Frees the lock; the first in the queue gets it.
   *
   * @throws IllegalStateException if it is free
   */
  public void release() {
    if (!locked) {
      throw new IllegalStateException("the lock is free: release it once for each acquire");
    }
    locked = false;
    Waiters.wakeFirst(waiters);
  }
}
