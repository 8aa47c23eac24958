package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Follows the replies on one connection, however TCP cut them: where each ends, whether it is
 * right, and which message it answers. Right replies come in the order of the messages.
 */
interface ReplyReader {

  /**
   * Reads from {@code in} what belongs to the reply that is coming in, and nothing behind it.
   *
   * @param in has at least one byte to read
   * @param awaited messages that were sent and have no answer yet, at least one: no other's reply
   *     can come
   * @return whether that reply is whole now; the next byte begins another
   */
  boolean read(ByteBuf in, int awaited);

  /** What was wrong with the reply that {@link #read} found whole; null if it was right. */
  @Nullable Counter fault();

  /**
   * Which message the whole reply answers: how many that were sent before it have no answer yet.
   * Says nothing where the fault is {@link Counter#SURPLUS}: then it answers none.
   */
  default int place() {
    return 0;
  }

  /** Bytes of the whole reply, where it is surplus; else 0. */
  default int surplusBytes() {
    return 0;
  }

  /** What was found, in a line, where {@link #fault} tells of something. */
  default String example() {
    Counter fault = fault();
    return fault == null ? "" : fault.meaning();
  }

  /** Whether a part of a reply has come, and its end has not. */
  boolean isWithinReply();
}
