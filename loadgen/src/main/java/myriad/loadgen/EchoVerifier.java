package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Compares the echoes of one connection, byte for byte, however TCP cut them. TCP keeps order, so
 * what comes back must be what was sent, in that order; where it is not, the frame's header tells
 * whose message came instead, and the messages behind it are judged afresh: one that was overtaken
 * may still come, and one that comes a second time is surplus. Bytes that are nobody's take the
 * place of a message until a header is seen: there the next one begins ({@link HeaderSearch}).
 */
final class EchoVerifier implements ReplyReader {

  /** No connection carries so many messages; other bytes than a header mostly claim more. */
  private static final long BEYOND_EVERY_RUN = 1L << 40;

  private final EchoFrame frame;
  private final int connection;
  private final boolean compare;

  /** The first message that has neither come nor been overtaken. */
  private long expectedSequence;

  /** Messages before it that were overtaken and have not come, in order; null until one was. */
  private @Nullable LongRing overtaken;

  /** The first message that was not sent when what is read came: neither it nor a later one can. */
  private long firstUnsent;

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

  /** Follows what is corrupt; null until something was. */
  private @Nullable HeaderSearch search;

  /** What is corrupt began with the header of the expected message. */
  private boolean hasBegun;

  /** The search has found a message: the last byte of its header is what is read next. */
  private boolean resuming;

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
  public boolean read(ByteBuf in, int awaited) {
    firstUnsent = expectedSequence + awaited - countOvertaken();
    if (search != null) {
      search.firstUnsent(firstUnsent);
    }
    if (received == 0) {
      fault = null;
      expectNext();
      if (resuming) {
        resume();
      }
    }
    if (compare && fault != Counter.CORRUPT && (deciding || !matches(in))) {
      differs(in);
    }
    int part = Math.min(in.readableBytes(), actualSize - received);
    if (fault == Counter.CORRUPT && findsNext(in, part)) {
      return true;
    }
    in.skipBytes(part);
    received += part;
    if (received < actualSize) {
      return false;
    }
    whole();
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
    if (resuming) {
      return "%,d bytes of no message came before message %,d of connection %d"
          .formatted(actualSize, expectedSequence, connection);
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

  private void whole() {
    received = 0;
    if (fault == Counter.REORDERED) {
      findPlace();
    } else if (fault != Counter.SURPLUS) {
      if (fault == Counter.CORRUPT) {
        search().ended(expectedSequence, hasBegun);
      }
      place = countOvertaken();
      expectedSequence++;
    } else if (search != null) {
      search.interrupted();
    }
  }

  private int countOvertaken() {
    return overtaken == null ? 0 : overtaken.size();
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
      corrupt(in, null);
      return;
    }
    ByteBuf came = header(in);
    deciding = received + in.readableBytes() < EchoFrame.HEADER_BYTES;
    if (deciding) {
      return;
    }
    fault = claim(EchoFrame.connectionAt(came, 0), EchoFrame.sequenceAt(came, 0));
    if ((fault == null || !matches(in)) && !overlaps(came, in)) {
      corrupt(in, came);
    }
  }

  /** Whether a message began already at the end of what was corrupt before: then it comes in. */
  private boolean overlaps(ByteBuf came, ByteBuf in) {
    int overlap = search == null ? 0 : search.overlap(came, expectedSequence);
    if (overlap == 0) {
      return false;
    }
    int inHeader = EchoFrame.HEADER_BYTES - overlap;
    int behind = Math.max(0, received - inHeader);
    received += overlap;
    takeFound();
    int from = EchoFrame.HEADER_BYTES;
    if (!frame.matches(came, inHeader, from, behind, connection, actualSequence) || !matches(in)) {
      corrupt(in, null);
    }
    return true;
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
      came = Unpooled.wrappedBuffer(new byte[EchoFrame.HEADER_BYTES]);
      header = came;
    }
    if (!deciding) {
      EchoFrame.setHeader(came, connection, expectedSequence);
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
            && claimedSequence < BEYOND_EVERY_RUN
            && (claimedConnection != connection || claimedSequence < firstUnsent);
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

  /**
   * It is nobody's message, and ends where the expected one would, or where another begins.
   *
   * @param came its header; null if what came before {@code in} is as in the actual message
   */
  private void corrupt(ByteBuf in, @Nullable ByteBuf came) {
    beginSearch(came);
    fault = Counter.CORRUPT;
    deciding = false;
    int size = actualSize;
    expectNext();
    if (received >= actualSize) {
      actualSize = size;
    }
    if (firstDifference == null) {
      firstDifference = frame.differenceIn(in, received, connection, expectedSequence);
    }
  }

  private HeaderSearch search() {
    HeaderSearch present = search;
    if (present == null) {
      present = new HeaderSearch(frame, connection);
      present.firstUnsent(firstUnsent);
      search = present;
    }
    return present;
  }

  private void beginSearch(@Nullable ByteBuf came) {
    hasBegun =
        came == null
            ? received >= EchoFrame.HEADER_BYTES
                && actualConnection == connection
                && actualSequence == expectedSequence
            : EchoFrame.connectionAt(came, 0) == connection
                && EchoFrame.sequenceAt(came, 0) == expectedSequence;
    if (came == null) {
      search().begin(expectedSequence, hasBegun, received, actualConnection, actualSequence);
    } else {
      search().begin(expectedSequence, hasBegun, came.slice(0, received));
    }
  }

  /** Whether a message begins within the next {@code part} bytes: what is corrupt ends there. */
  private boolean findsNext(ByteBuf in, int part) {
    int before = search().find(in, part);
    if (before < 0) {
      return false;
    }
    in.skipBytes(before);
    received += before;
    resuming = true;
    if (search().sequence() > expectedSequence) {
      whole();
    } else {
      fault = Counter.SURPLUS;
      actualSize = received + 1 - EchoFrame.HEADER_BYTES;
      received = 0;
    }
    return true;
  }

  private void resume() {
    resuming = false;
    received = EchoFrame.HEADER_BYTES - 1;
    takeFound();
    search().interrupted();
  }

  /** What comes in is the message that the search has found. */
  private void takeFound() {
    long found = search().sequence();
    fault = found == expectedSequence ? null : claim(connection, found);
    actualConnection = connection;
    actualSequence = found;
    actualSize = frame.sizeOf(connection, found);
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
}
