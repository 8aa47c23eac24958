package myriad.server.async;

/** A flag that tasks of one loop wait for. Once set, nobody waits until it is cleared. */
public final class Event {

  private final WaitingLine line = new WaitingLine();
  private boolean set;

  public boolean isSet() {
    return set;
  }

  /** Sets the flag, and wakes all who wait. */
  public void set() {
    set = true;
    line.wakeAll();
  }

  /** From now on {@link #await} waits. */
  public void clear() {
    set = false;
  }

  /** Waits until the flag is set. */
  public void await() {
    if (!set) {
      line.await("Event.await");
    }
  }
}
