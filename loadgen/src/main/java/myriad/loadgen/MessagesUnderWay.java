package myriad.loadgen;

/**
 * The messages that were sent on a connection and are not answered, in the order in which they were
 * sent: when each was due, and when it was sent. Times are of {@link System#nanoTime}. Not
 * thread-safe.
 */
final class MessagesUnderWay {

  /** Due and sent time of each message, in turns. */
  private final LongRing times = new LongRing();

  /** So many, from the oldest on, have been told to be overdue. */
  private int overdue;

  int size() {
    return times.size() / 2;
  }

  void add(long intendedNs, long sentNs) {
    times.add(intendedNs);
    times.add(sentNs);
  }

  /** When the message was due that has {@code place} older ones before it. */
  long intendedNs(int place) {
    return times.get(2 * place);
  }

  /** Likewise, when it was sent. */
  long sentNs(int place) {
    return times.get(2 * place + 1);
  }

  /** Whether {@link #takeOverdue} has told of the message at {@code place}. */
  boolean isOverdue(int place) {
    return place < overdue;
  }

  /** The message at {@code place} is answered. */
  void remove(int place) {
    times.remove(2 * place);
    times.remove(2 * place);
    if (place < overdue) {
      overdue--;
    }
  }

  /** Tells, once of each, how many messages were sent before {@code sentBeforeNs}. */
  int takeOverdue(long sentBeforeNs) {
    int before = overdue;
    while (overdue < size() && sentNs(overdue) < sentBeforeNs) {
      overdue++;
    }
    return overdue - before;
  }

  void clear() {
    times.clear();
    overdue = 0;
  }
}
