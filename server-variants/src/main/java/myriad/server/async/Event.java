package myriad.server.async;

import java.util.LinkedHashSet;
import java.util.Set;

/** A flag that tasks of one loop wait for. Once set, nobody waits until it is cleared. */
public final class Event {

  private final Set<Future<Void>> waiters = new LinkedHashSet<>();
  private boolean set;

  public boolean isSet() {
    return set;
  }

  /** Sets the flag, and wakes all who wait. */
  public void set() {
    set = true;
    waiters.forEach(Waiters::wake);
  }

  /** From now on {@link #await} waits. */
  public void clear() {
    set = false;
  }

  /** Waits until the flag is set. */
  public void await() {
    if (set) {
      return;
    }
    Future<Void> waiter = Task.current("Event.await").loop().createFuture();
    waiters.add(waiter);
    try {
      Waiters.await(waiter);
    } finally {
      waiters.remove(waiter);
    }
  }
}
