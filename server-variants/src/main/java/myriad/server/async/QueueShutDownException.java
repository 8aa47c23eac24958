package myriad.server.async;

/** Thrown by a {@link Queue} that was shut down, where an item can neither be put nor be had. */
public final class QueueShutDownException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  QueueShutDownException() {
    super("the queue was shut down: nothing more can be put, and what was put is gone");
  }
}
