package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Compares the echoes of one connection, byte for byte, however TCP cut them. TCP keeps order, so
 * what comes back must be what was sent, in that order; where it is not, the frame's header tells
 * whose message came instead.
 */
final class EchoVerifier implements ReplyReader {

  private final EchoFrame frame;
  private final int connection;
  private final boolean compare;

  private long expectedSequence;

  /** The message that is coming in, as far as it can be told: the expected one, or another. */
  private int actualConnection;

  private long actualSequence;
  private int actualSize;
  private int received;
  private @Nullable Counter fault;
  private @Nullable String firstDifference;

  /**
   * Reads the echoes of a connection from its first message on.
   *
   * @param compare whether to compare bytes, or to count them only
   */
  EchoVerifier(EchoFrame frame, int connection, boolean compare) {
    this.frame = frame;
    this.connection = connection;
    this.compare = compare;
  }

  @Override
  public boolean read(ByteBuf in) {
    if (received == 0) {
      expectNext();
    }
    if (compare && fault != Counter.CORRUPT && !matches(in)) {
      fault = whoseInstead(in);
      if (fault == Counter.CORRUPT && firstDifference == null) {
        firstDifference = differenceIn(in);
      }
    }
    int part = Math.min(in.readableBytes(), actualSize - received);
    in.skipBytes(part);
    received += part;
    if (received < actualSize) {
      return false;
    }
    received = 0;
    expectedSequence++;
    return true;
  }

  @Override
  public @Nullable Counter fault() {
    return fault;
  }

  @Override
  public String example() {
    return fault == Counter.CORRUPT && firstDifference != null
        ? firstDifference
        : "message %,d of connection %d came in place of message %,d of connection %d"
            .formatted(actualSequence, actualConnection, expectedSequence - 1, connection);
  }

  @Override
  public boolean isWithinReply() {
    return received > 0;
  }

  private void expectNext() {
    actualConnection = connection;
    actualSequence = expectedSequence;
    actualSize = frame.sizeOf(connection, expectedSequence);
    fault = null;
  }

  private boolean matches(ByteBuf in) {
    int part = Math.min(in.readableBytes(), actualSize - received);
    return frame.matches(in, in.readerIndex(), received, part, actualConnection, actualSequence);
  }

  /** What is wrong with bytes that are not those of the message that was taken to come in. */
  private Counter whoseInstead(ByteBuf in) {
    if (received > 0 || in.readableBytes() < EchoFrame.HEADER_BYTES) {
      return Counter.CORRUPT;
    }
    int index = in.readerIndex();
    int claimedConnection = EchoFrame.connectionAt(in, index);
    long claimedSequence = EchoFrame.sequenceAt(in, index);
    int claimedSize = frame.sizeOf(claimedConnection, claimedSequence);
    int part = Math.min(in.readableBytes(), claimedSize);
    if (part < EchoFrame.HEADER_BYTES
        || !frame.matches(in, index, 0, part, claimedConnection, claimedSequence)) {
      return Counter.CORRUPT;
    }
    actualConnection = claimedConnection;
    actualSequence = claimedSequence;
    actualSize = claimedSize;
    return claimedConnection == connection ? Counter.REORDERED : Counter.MISDELIVERED;
  }

  /** The first byte that differs from the message that was taken to come in. */
  private String differenceIn(ByteBuf in) {
    ByteBuf expected = Unpooled.buffer(actualSize, actualSize);
    frame.write(expected, actualConnection, actualSequence, actualSize);
    int at = received;
    while (at + 1 < actualSize
        && expected.getByte(at) == in.getByte(in.readerIndex() + at - received)) {
      at++;
    }
    return "byte %,d of message %,d came as 0x%02x, not as 0x%02x"
        .formatted(
            at, actualSequence, in.getByte(in.readerIndex() + at - received), expected.getByte(at));
  }
}
