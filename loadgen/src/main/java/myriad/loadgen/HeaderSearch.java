package myriad.loadgen;

import io.netty.buffer.ByteBuf;

/**
 * Finds where a message of the connection begins behind bytes that are nobody's: by its header,
 * whose twelve bytes hardly come by chance. It follows the bytes one by one, however TCP cut them.
 * Messages that are shorter than their header are not found.
 */
final class HeaderSearch {

  private static final long NO_MESSAGE = -1;

  private final EchoFrame frame;
  private final int connection;

  /** The latest twelve bytes: eight as a sequence, and four as a connection. */
  private long windowSequence;

  private int windowConnection;

  /** Bytes of the message in whose place others come, up to the latest. */
  private long seen;

  private long wantedFrom;
  private long firstUnsent;

  /**
   * Messages from here on, up to {@link #passedUntil}, of which nothing was seen in what took their
   * places: that may have been surplus, and they may still come.
   */
  private long passedFrom;

  private long passedUntil;

  /** The message that is expected right behind the latest bytes. */
  private long nextExpected = NO_MESSAGE;

  HeaderSearch(EchoFrame frame, int connection) {
    this.frame = frame;
    this.connection = connection;
  }

  /** From which message on none can come. */
  void firstUnsent(long sequence) {
    firstUnsent = sequence;
  }

  /**
   * Begins anew, in the place of the message {@code expected}.
   *
   * @param hasBegun whether its header came: then it is not looked for
   * @param came so many bytes, fewer than a header has
   */
  void begin(long expected, boolean hasBegun, ByteBuf came) {
    begin(expected, hasBegun, 0);
    boolean _ = find(came, came.readableBytes()) >= 0;
  }

  /** Likewise, where {@code received} bytes came as they are in a message. */
  void begin(
      long expected, boolean hasBegun, int received, int actualConnection, long actualSequence) {
    int from = Math.max(0, received - EchoFrame.HEADER_BYTES + 1);
    begin(expected, hasBegun, from);
    for (int at = from; at < received; at++) {
      boolean _ = next(frame.byteAt(at, actualConnection, actualSequence));
    }
  }

  private void begin(long expected, boolean hasBegun, int before) {
    seen = before;
    nextExpected = NO_MESSAGE;
    if (hasBegun) {
      wantedFrom = expected + 1;
    } else {
      wantedFrom = passedUntil == expected ? passedFrom : expected;
    }
  }

  /** The next byte; whether it is the last of a wanted header, other than the place began with. */
  boolean next(byte value) {
    windowSequence = windowSequence >>> Byte.SIZE | (long) windowConnection << 56;
    windowConnection = windowConnection >>> Byte.SIZE | value << 24;
    seen++;
    return seen > EchoFrame.HEADER_BYTES
        && windowConnection == EchoFrame.onWire(connection)
        && windowSequence >= wantedFrom
        && windowSequence < firstUnsent
        && frame.sizeOf(connection, windowSequence) >= EchoFrame.HEADER_BYTES;
  }

  /** Likewise, of {@code length} bytes of {@code in}: how many precede that one; -1 for none. */
  int find(ByteBuf in, int length) {
    for (int i = 0; i < length; i++) {
      if (next(in.getByte(in.readerIndex() + i))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The place of {@code message} is full, and no header was found in it.
   *
   * @param hadBegun whether its own header was there
   */
  void ended(long message, boolean hadBegun) {
    if (!hadBegun) {
      passedFrom = passedUntil == message ? passedFrom : message;
      passedUntil = message + 1;
    }
    nextExpected = message + 1;
  }

  /** What comes next is not behind the place that {@link #ended} last. */
  void interrupted() {
    nextExpected = NO_MESSAGE;
  }

  /**
   * Whether a header began at the end of the place that {@link #ended} last.
   *
   * @param came the first bytes behind it, as many as a header has
   * @param expected the message that they should belong to
   * @return how many bytes of the header were in that place; 0 if there was none
   */
  int overlap(ByteBuf came, long expected) {
    if (nextExpected != expected) {
      return 0;
    }
    for (int i = 0; i < EchoFrame.HEADER_BYTES - 1; i++) {
      if (next(came.getByte(i))) {
        return EchoFrame.HEADER_BYTES - 1 - i;
      }
    }
    return 0;
  }

  /** The message whose header was found. */
  long sequence() {
    return windowSequence;
  }
}
