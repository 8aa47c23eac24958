package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Compares the echoes of one connection, byte for byte, however TCP cut them. TCP keeps order, so
 * what comes back must be what was sent, in that order; where it is not, the frame's header tells
 * whose message came instead.
 */
final class EchoVerifier {

  private final EchoFrame frame;
  private final int connection;

  private long expectedSequence;

  /** The message that is coming in, as far as it can be told: the expected one, or another. */
  private int actualConnection;

  private long actualSequence;
  private @Nullable Counter fault;

  EchoVerifier(EchoFrame frame, int connection) {
    this.frame = frame;
    this.connection = connection;
    this.actualConnection = connection;
  }

  /**
   * Compares the next part of the message that is coming in.
   *
   * @param offset of the part in its message
   */
  void part(ByteBuf in, int index, int offset, int length) {
    if (fault == Counter.CORRUPT
        || frame.matches(in, index, offset, length, actualConnection, actualSequence)) {
      return;
    }
    if (offset == 0 && length >= EchoFrame.HEADER_BYTES && isAnotherMessage(in, index, length)) {
      fault = actualConnection == connection ? Counter.REORDERED : Counter.MISDELIVERED;
    } else {
      fault = Counter.CORRUPT;
    }
  }

  /** The message is complete: what was wrong with it, or null. The next one is expected now. */
  @Nullable Counter complete() {
    Counter found = fault;
    fault = null;
    actualConnection = connection;
    expectedSequence++;
    actualSequence = expectedSequence;
    return found;
  }

  private boolean isAnotherMessage(ByteBuf in, int index, int length) {
    int claimedConnection = EchoFrame.connectionAt(in, index);
    long claimedSequence = EchoFrame.sequenceAt(in, index);
    if (!frame.matches(in, index, 0, length, claimedConnection, claimedSequence)) {
      return false;
    }
    actualConnection = claimedConnection;
    actualSequence = claimedSequence;
    return true;
  }
}
