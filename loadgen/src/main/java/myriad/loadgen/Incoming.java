package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import myriad.results.Counter;

/**
 * What comes in on one connection, told apart: replies, and bytes that answer nothing. Lives on its
 * event loop.
 */
final class Incoming {

  private static final int MOST_BYTES_SHOWN = 16;

  private final EchoConnection connection;
  private final LoopCounters counters;
  private ReplyReader replies;
  private long firstByteNs;

  /** Replies are read by {@code replies}, until {@link #expect} names another. */
  Incoming(EchoConnection connection, ReplyReader replies, LoopCounters counters) {
    this.connection = connection;
    this.replies = replies;
    this.counters = counters;
  }

  /** Replies of another kind are expected from now on. */
  void expect(ReplyReader replies) {
    this.replies = replies;
  }

  /** Whether a part of a reply has come, and its end has not. */
  boolean isWithinReply() {
    return replies.isWithinReply();
  }

  /** When the first byte of the latest reply came. */
  long firstByteNs() {
    return firstByteNs;
  }

  /**
   * Tells the connection of every whole reply in {@code in}. What was read cannot answer messages
   * that were not yet sent: that is surplus.
   *
   * @param answerable messages that were sent and are not answered
   */
  void read(ByteBuf in, int answerable, long nowNs) {
    int left = answerable;
    while (in.isReadable()) {
      if (left == 0) {
        counters.error(
            Counter.SURPLUS, in.readableBytes(), connection.id(), () -> "bytes " + hexOf(in));
        return;
      }
      if (!replies.isWithinReply()) {
        firstByteNs = nowNs;
      }
      if (!replies.read(in, left)) {
        return;
      }
      if (replies.fault() == Counter.SURPLUS) {
        counters.error(Counter.SURPLUS, replies.surplusBytes(), connection.id(), replies::example);
      } else {
        left--;
        connection.replied(replies, nowNs);
      }
    }
  }

  /** The first bytes that are left in {@code in}. */
  private static String hexOf(ByteBuf in) {
    int shown = Math.min(MOST_BYTES_SHOWN, in.readableBytes());
    return ByteBufUtil.hexDump(in, in.readerIndex(), shown)
        + (shown < in.readableBytes() ? "…" : "");
  }
}
