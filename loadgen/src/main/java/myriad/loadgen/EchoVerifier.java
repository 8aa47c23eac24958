package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Compares the echoes of one connection, byte for byte, however TCP cut them. TCP keeps order, so
 * what comes back must be what was sent, in that order; where it is not, the frame's header tells
 * whose message came instead, and the messages behind it are judged afresh: one that was overtaken
 * may still come, and one that comes a second time is surplus.
 */
final class EchoVerifier implements ReplyReader {

  private final EchoFrame frame;
  private final int connection;
  private final boolean compare;

  /** The first message that has neither come nor been overtaken. */
  private long expectedSequence;

  /** Messages before it that were overtaken and have not come, in order; null until one was. */
  private @Nullable LongRing overtaken;

  /** The header of a message that is not the expected one; null until there was one. */
  private @Nullable ByteBuf header;

  /** The header has not come whole, so that it cannot be told whose message comes. */
  private boolean deciding;

  /** The message that is coming in, as far as it can be told: the expected one, or another. */
  private int actualConnection;

  private long actualSequence;
  private int actualSize;
  private int received;
  private @Nullable Counter fault;
  private @Nullable String firstDifference;
  private int place;

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
      fault = null;
      expectNext();
    }
    if (compare && fault != Counter.CORRUPT && (deciding || !matches(in))) {
      differs(in);
    }
    int part = Math.min(in.readableBytes(), actualSize - received);
    in.skipBytes(part);
    received += part;
    if (received < actualSize) {
      return false;
    }
    received = 0;
    if (fault == Counter.REORDERED) {
      findPlace();
    } else if (fault != Counter.SURPLUS) {
      place = overtaken == null ? 0 : overtaken.size();
      expectedSequence++;
    }
    return true;
  }

  @Override
  public @Nullable Counter fault() {
    return fault;
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public int surplusBytes() {
    return fault == Counter.SURPLUS ? actualSize : 0;
  }

  @Override
  public String example() {
    if (fault == Counter.CORRUPT && firstDifference != null) {
      return firstDifference;
    }
    return fault == Counter.SURPLUS
        ? "message %,d of connection %d came again".formatted(actualSequence, actualConnection)
        : "message %,d of connection %d came on connection %d, not in its turn"
            .formatted(actualSequence, actualConnection, connection);
  }

  @Override
  public boolean isWithinReply() {
    return received > 0;
  }

  private void expectNext() {
    actualConnection = connection;
    actualSequence = expectedSequence;
    actualSize = frame.sizeOf(connection, expectedSequence);
  }

  private boolean matches(ByteBuf in) {
    int part = Math.min(in.readableBytes(), actualSize - received);
    return frame.matches(in, in.readerIndex(), received, part, actualConnection, actualSequence);
  }

  /** What comes in is not the message that it was taken to be: it is another, or none. */
  private void differs(ByteBuf in) {
    if (fault != null || !mayBeAnother(in)) {
      corrupt(in);
      return;
    }
    ByteBuf came = header(in);
    deciding = received + in.readableBytes() < EchoFrame.HEADER_BYTES;
    if (deciding) {
      return;
    }
    fault = claim(EchoFrame.connectionAt(came, 0), EchoFrame.sequenceAt(came, 0));
    if (fault == null || !matches(in)) {
      corrupt(in);
    }
  }

  /** A message that is shorter than its header says nothing of another, unless more has come. */
  private boolean mayBeAnother(ByteBuf in) {
    return actualSize < EchoFrame.HEADER_BYTES
        ? received == 0 && in.readableBytes() >= EchoFrame.HEADER_BYTES
        : received < EchoFrame.HEADER_BYTES;
  }

  /** The header as far as it has come; what came before it differed is as expected. */
  private ByteBuf header(ByteBuf in) {
    ByteBuf came = header;
    if (came == null) {
      came = Unpooled.buffer(EchoFrame.HEADER_BYTES, EchoFrame.HEADER_BYTES);
      header = came;
    }
    if (!deciding) {
      came.setLongLE(0, expectedSequence);
      came.setIntLE(Long.BYTES, connection);
    }
    int part = Math.min(in.readableBytes(), EchoFrame.HEADER_BYTES - received);
    came.setBytes(received, in, in.readerIndex(), part);
    return came;
  }

  /** Takes the message to be the one that its header names; null if there can be none such. */
  private @Nullable Counter claim(int claimedConnection, long claimedSequence) {
    boolean possible =
        claimedConnection >= 0
            && claimedSequence >= 0
            && (claimedConnection != connection
                || claimedSequence < expectedSequence + LoadPlan.MAX_PIPELINE_DEPTH);
    if (!possible || frame.sizeOf(claimedConnection, claimedSequence) < EchoFrame.HEADER_BYTES) {
      return null;
    }
    actualConnection = claimedConnection;
    actualSequence = claimedSequence;
    actualSize = frame.sizeOf(claimedConnection, claimedSequence);
    if (claimedConnection != connection) {
      return Counter.MISDELIVERED;
    }
    boolean wasOvertaken = overtaken != null && overtaken.indexOf(claimedSequence) >= 0;
    return claimedSequence < expectedSequence && !wasOvertaken
        ? Counter.SURPLUS
        : Counter.REORDERED;
  }

  /** It is nobody's message, and ends where the expected one would. */
  private void corrupt(ByteBuf in) {
    fault = Counter.CORRUPT;
    deciding = false;
    int size = actualSize;
    expectNext();
    if (received >= actualSize) {
      actualSize = size;
    }
    if (firstDifference == null) {
      firstDifference = differenceIn(in);
    }
  }

  /** A message came before its turn, or after it: how many older ones still have no answer. */
  private void findPlace() {
    LongRing missing = overtaken;
    if (missing == null) {
      missing = new LongRing();
      overtaken = missing;
    }
    if (actualSequence < expectedSequence) {
      place = missing.indexOf(actualSequence);
      missing.remove(place);
      return;
    }
    while (expectedSequence < actualSequence) {
      missing.add(expectedSequence++);
    }
    place = missing.size();
    expectedSequence++;
  }

  /** The first byte that differs from the expected message, among those that came last. */
  private String differenceIn(ByteBuf in) {
    ByteBuf expected = Unpooled.buffer(actualSize);
    frame.write(expected, connection, expectedSequence, frame.sizeOf(connection, expectedSequence));
    int end = Math.min(expected.writerIndex(), received + in.readableBytes());
    for (int at = received; at < end; at++) {
      byte came = in.getByte(in.readerIndex() + at - received);
      if (came != expected.getByte(at)) {
        return "byte %,d of message %,d came as 0x%02x, not as 0x%02x"
            .formatted(at, expectedSequence, came, expected.getByte(at));
      }
    }
    return "the header of message %,d came otherwise".formatted(expectedSequence);
  }
}
