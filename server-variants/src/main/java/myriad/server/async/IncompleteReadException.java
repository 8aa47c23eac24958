package myriad.server.async;

import java.io.EOFException;

/** The peer finished sending in the middle of what was asked for. */
public final class IncompleteReadException extends EOFException {

  private static final long serialVersionUID = 1;

  private final transient byte[] partial;

  IncompleteReadException(byte[] partial, String expected) {
    super("%,d bytes came before the end of the stream, %s".formatted(partial.length, expected));
    this.partial = partial;
  }

  /** What came before the end. */
  public byte[] partial() {
    return partial.clone();
  }
}
