package myriad.loadgen;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were sent on a connection and are not answered, in the order in which they were
 * sent: when each was due, and when it was sent. Times are of {@link System#nanoTime}. The oldest,
 * which is mostly the only one, has its times here rather than in a queue: two objects less that a
 * message finds outside the processor's caches. Not thread-safe.
 */
final class MessagesUnderWay {

  private int size;
  private long oldestIntendedNs;
  private long oldestSentNs;

  /** Due and sent time of each message but the oldest, in turns; null until there were two. */
  private @Nullable LongRing younger;

  /** So many, from the oldest on, have been told to be overdue. */
  private int overdue;

  int size() {
    return size;
  }

  void add(long intendedNs, long sentNs) {
    if (size == 0) {
      oldestIntendedNs = intendedNs;
      oldestSentNs = sentNs;
    } else {
      if (younger == null) {
        younger = new LongRing();
      }
      younger.add(intendedNs);
      younger.add(sentNs);
    }
    size++;
  }

  /** When the message was due that has {@code place} older ones before it. */
  long intendedNs(int place) {
    return Objects.checkIndex(place, size) == 0
        ? oldestIntendedNs
        : youngerOnes().get(2 * (place - 1));
  }

  /** Likewise, when it was sent. */
  long sentNs(int place) {
    return Objects.checkIndex(place, size) == 0
        ? oldestSentNs
        : youngerOnes().get(2 * (place - 1) + 1);
  }

  /** Whether {@link #takeOverdue} has told of the message at {@code place}. */
  boolean isOverdue(int place) {
    return place < overdue;
  }

  /** The message at {@code place} is answered. */
  void remove(int place) {
    if (Objects.checkIndex(place, size) > 0) {
      youngerOnes().remove(2 * (place - 1));
      youngerOnes().remove(2 * (place - 1));
    } else if (size > 1) {
      oldestIntendedNs = youngerOnes().remove();
      oldestSentNs = youngerOnes().remove();
    }
    size--;
    if (place < overdue) {
      overdue--;
    }
  }

  /** Tells, once of each, how many messages were sent before {@code sentBeforeNs}. */
  int takeOverdue(long sentBeforeNs) {
    int before = overdue;
    while (overdue < size && sentNs(overdue) < sentBeforeNs) {
      overdue++;
    }
    return overdue - before;
  }

  void clear() {
    size = 0;
    overdue = 0;
    younger = null;
  }

  private LongRing youngerOnes() {
    return Objects.requireNonNull(younger);
  }
}
