package myriad.server.async;

/** Futures that stand for a moment only: they are woken or cancelled, and never fail. */
final class Waiters {

  private Waiters() {}

  /** Wakes whoever waits, unless it was cancelled or woken before. */
  static void wake(Future<Void> waiter) {
    if (!waiter.isDone()) {
      waiter.setResult(null);
    }
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
