package myriad.server.async;

import java.io.IOException;

/**
 * A separator did not come within the limit of the stream. The bytes can still be read, but those
 * of a line that {@link StreamReader#readLine} gave up.
 */
public final class LimitOverrunException extends IOException {

  private static final long serialVersionUID = 1;

  private final int consumedBytes;

  LimitOverrunException(String message, int consumedBytes) {
    super(message);
    this.consumedBytes = consumedBytes;
  }

  /**
   * How many bytes are waiting that are surely no part of the separator; 0 if they were dropped.
   */
  public int consumedBytes() {
    return consumedBytes;
  }
}
