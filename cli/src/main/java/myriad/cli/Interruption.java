package myriad.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ctrl-C, as a request: the first ends what is under way early, so that what was measured can be
 * written; the second ends the process at once. Safe for use by any thread.
 */
final class Interruption {

  private final Deque<Runnable> cancellations = new ArrayDeque<>();
  private boolean requested;

  /** Takes over the signals that ask a program to end. Called once. */
  void onSignals() {
    for (String signal : new String[] {"INT", "TERM", "HUP"}) {
      Signals.handle(signal, this::request);
    }
  }

  synchronized boolean requested() {
    return requested;
  }

  /** Asks to end early; a second call ends the process. */
  void request() {
    Runnable cancellation;
    synchronized (this) {
      if (requested) {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
      }
      requested = true;
      cancellation = cancellations.peek();
    }
    if (cancellation != null) {
      cancellation.run();
    }
  }

  /**
   * While the returned scope is open, a request runs {@code cancellation}, on another thread; at
   * once if it was made before. Of nested scopes the innermost counts.
   */
  Scope cancelling(Runnable cancellation) {
    boolean late;
    synchronized (this) {
      cancellations.push(cancellation);
      late = requested;
    }
    if (late) {
      cancellation.run();
    }
    return () -> {
      synchronized (this) {
        cancellations.remove(cancellation);
      }
    };
  }

  /** Closed when there is nothing left to cancel. */
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
