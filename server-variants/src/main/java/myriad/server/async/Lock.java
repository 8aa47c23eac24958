package myriad.server.async;

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

  private final WaitingLine line = new WaitingLine();
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
    if (locked || line.anyUncancelled()) {
      line.await("Lock.acquire", woken -> passOn());
    }
    locked = true;
  }

  /** Whoever leaves the line may have been woken before: the turn goes to the next. */
  private void passOn() {
    if (!locked) {
      line.wakeFirst();
    }
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
    line.wakeFirst();
  }
}
