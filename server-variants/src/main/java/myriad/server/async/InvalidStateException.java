package myriad.server.async;

/** A future was asked for what it does not have yet, or told a second time what it came to. */
public final class InvalidStateException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  InvalidStateException(String message) {
    super(message);
  }
}
