package myriad.server.async;

import java.util.Queue;

/** Futures that stand for a moment only: they are woken or cancelled, and never fail. */
final class Waiters {

  private Waiters() {}

  /** Wakes whoever waits, unless it was cancelled or woken before. */
  static void wake(Future<Void> waiter) {
    if (!waiter.isDone()) {
      waiter.setResult(null);
    }
  }

  /** Wakes the first that is neither woken nor cancelled; false if there is none. */
  static boolean wakeNext(Queue<Future<Void>> waiters) {
    for (Future<Void> waiter : waiters) {
      if (!waiter.isDone()) {
        waiter.setResult(null);
        return true;
      }
    }
    return false;
  }

  /** Wakes the head of the queue; if it was woken already, its turn has not come yet. */
  static void wakeFirst(Queue<Future<Void>> waiters) {
    Future<Void> first = waiters.peek();
    if (first != null) {
      wake(first);
    }
  }

  static boolean anyUncancelled(Queue<Future<Void>> waiters) {
    for (Future<Void> waiter : waiters) {
      if (!waiter.isCancelled()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Awaits a future that nobody lets fail, so that the caller has no exception to declare. Every
   * frame between a coroutine and its suspension is kept while it waits: there are few here.
   */
  static void await(Future<Void> waiter) {
    if (!waiter.isDone()) {
      Task.current("await").suspendOn(waiter);
    }
    if (waiter.isCancelled()) {
      throw waiter.newCancelledError();
    }
  }
}
