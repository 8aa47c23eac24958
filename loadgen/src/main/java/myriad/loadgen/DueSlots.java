package myriad.loadgen;

/** Slots whose connections are to be opened again, in the order of their times. Not thread-safe. */
final class DueSlots {

  private final LongRing slots = new LongRing();
  private final LongRing dueNs = new LongRing();

  /**
   * Adds a slot.
   *
   * @param atNs when it is due, not before any that was added earlier
   */
  void add(int slot, long atNs) {
    slots.add(slot);
    dueNs.add(atNs);
  }

  /** When the first is due; {@link ArrivalSchedule#NEVER} if there is none. */
  long nextNs() {
    return dueNs.isEmpty() ? ArrivalSchedule.NEVER : dueNs.get(0);
  }

  /** Takes out the first. */
  int remove() {
    dueNs.remove();
    return (int) slots.remove();
  }

  void clear() {
    slots.clear();
    dueNs.clear();
  }
}
