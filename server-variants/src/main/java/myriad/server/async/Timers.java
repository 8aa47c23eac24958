package myriad.server.async;

import java.util.PriorityQueue;
import java.util.Queue;

/** The timers of one loop, earliest first; equal ones in the order in which they were made. */
final class Timers {

  /** Below this many cancelled timers a clean-up would cost more than it frees. */
  private static final int MIN_CANCELLED_TO_CLEAN = 100;

  static final long NONE = Long.MAX_VALUE;

  private final PriorityQueue<TimerHandle> heap = new PriorityQueue<>();
  private long nextSequence;
  private int cancelled;

  TimerHandle add(EventLoop loop, long whenNanos, Runnable callback, Context context) {
    TimerHandle timer = new TimerHandle(loop, callback, context, whenNanos, nextSequence++);
    heap.add(timer);
    return timer;
  }

  /** A timeout that is always cancelled in time must not stay in the heap until it is due. */
  void noteCancelled() {
    cancelled++;
    if (cancelled > MIN_CANCELLED_TO_CLEAN && cancelled > heap.size() / 2) {
      heap.removeIf(Handle::isCancelled);
      cancelled = 0;
    }
  }

  /** Nanoseconds until the earliest timer, at least 0; {@link #NONE} without one. */
  long nanosToNext(long nowNanos) {
    dropCancelledHead();
    TimerHandle next = heap.peek();
    return next == null ? NONE : Math.max(0, next.whenNanos() - nowNanos);
  }

  void moveDue(long nowNanos, Queue<Handle> ready) {
    dropCancelledHead();
    for (TimerHandle next = heap.peek();
        next != null && next.whenNanos() - nowNanos <= 0;
        next = heap.peek()) {
      next.scheduled = false;
      ready.add(heap.remove());
    }
  }

  int size() {
    return heap.size();
  }

  /** How many of them are cancelled. */
  int cancelledCount() {
    return cancelled;
  }

  void clear() {
    heap.clear();
    cancelled = 0;
  }

  private void dropCancelledHead() {
    for (TimerHandle next = heap.peek(); next != null && next.isCancelled(); next = heap.peek()) {
      heap.remove();
      cancelled--;
    }
  }
}
