package myriad.server.async;

import org.jspecify.annotations.Nullable;

/**
 * Interrupts of a loop's thread. A selector does not wait in a thread that is interrupted, so the
 * loop takes the interrupt, and gives it to the handler or to whoever runs after the loop.
 */
final class Interrupts {

  private @Nullable Runnable handler;
  private boolean kept;

  void setHandler(@Nullable Runnable handler) {
    this.handler = handler;
  }

  /** Called once a turn. */
  void take() {
    if (!Thread.interrupted()) {
      return;
    }
    if (handler == null) {
      kept = true;
    } else {
      handler.run();
    }
  }

  /** Called at the end of a run. */
  void restore() {
    if (kept) {
      kept = false;
      Thread.currentThread().interrupt();
    }
  }
}
