package myriad.server.async;

/**
 * Lets a number of tasks of one loop in at a time. Fair: whoever asked first gets in first.
 *
 * <pre>{@code
 * try (var _ = semaphore.hold()) {
 *   await(something);
 * }
 * }</pre>
 */
public final class Semaphore {

  private final WaitingLine line = new WaitingLine();
  private final int bound;
  private int permits;

  /** A semaphore that may be released more often than it was acquired. */
  public Semaphore(int permits) {
    this(permits, Integer.MAX_VALUE);
  }

  private Semaphore(int permits, int bound) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits is %,d; it takes 0 and more".formatted(permits));
    }
    this.permits = permits;
    this.bound = bound;
  }

  /** A semaphore that refuses to be released more often than it was acquired. */
  public static Semaphore bounded(int permits) {
    return new Semaphore(permits, permits);
  }

  /** Whether {@link #acquire} would have to wait. */
  public boolean isLocked() {
    return permits == 0 || line.anyUncancelled();
  }

  /** Waits for a permit, and takes it until the result is closed. */
  public Lock.Held hold() {
    acquire();
    return this::release;
  }

  /**
   * Waits for a permit, and takes it. A permit is taken on behalf of a task when it is woken, so
   * that nobody can overtake it.
   */
  public void acquire() {
    if (isLocked()) {
      line.await("Semaphore.acquire", this::passOn);
      wakeWhilePermitsLast();
    } else {
      permits--;
    }
  }

  private void passOn(boolean woken) {
    if (woken) {
      permits++;
    }
    wakeWhilePermitsLast();
  }

  /**
   * Gives a permit back.
   *
   * @throws IllegalStateException if a bounded semaphore has all of its permits
   */
  public void release() {
    if (permits >= bound) {
      throw new IllegalStateException(
          "all %,d permits are back: release once for each acquire".formatted(bound));
    }
    permits++;
    wakeWhilePermitsLast();
  }

  private void wakeWhilePermitsLast() {
    while (permits > 0 && line.wakeNext()) {
      permits--;
    }
  }
}
