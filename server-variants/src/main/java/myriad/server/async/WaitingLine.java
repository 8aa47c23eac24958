package myriad.server.async;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of one loop that wait for something in the order of asking. However a wait ends, its place
 * in the line is given up.
 */
final class WaitingLine {

  /** What a task that leaves the line without its turn has to set right for the others. */
  @FunctionalInterface
  interface Leaving {

    /** If {@code woken}, its turn had come, and has to go to the next. */
    void left(boolean woken);
  }

  private final Set<Future<Void>> waiters = new LinkedHashSet<>();

  /** Has the current task wait until it is woken; {@code what} is what the caller does. */
  void await(String what) {
    await(what, null);
  }

  /** As {@link #await(String)}; tells {@code leaving} if the wait ends with an exception. */
  void await(String what, @Nullable Leaving leaving) {
    Future<Void> waiter = Task.current(what).loop().createFuture();
    waiters.add(waiter);
    boolean served = false;
    try {
      Waiters.await(waiter);
      served = true;
    } finally {
      waiters.remove(waiter);
      if (!served && leaving != null) {
        leaving.left(waiter.isDone() && !waiter.isCancelled());
      }
    }
  }

  /** Wakes the first; if it was woken already, its turn has not come yet. */
  void wakeFirst() {
    if (!waiters.isEmpty()) {
      Waiters.wake(waiters.iterator().next());
    }
  }

  /** Wakes the first that is neither woken nor cancelled; false if there is none. */
  boolean wakeNext() {
    for (Future<Void> waiter : waiters) {
      if (!waiter.isDone()) {
        Waiters.wake(waiter);
        return true;
      }
    }
    return false;
  }

  void wakeAll() {
    waiters.forEach(Waiters::wake);
  }

  boolean anyUncancelled() {
    for (Future<Void> waiter : waiters) {
      if (!waiter.isCancelled()) {
        return true;
      }
    }
    return false;
  }
}
