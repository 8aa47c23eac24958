package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Makes the messages of an event loop, and what reads their replies. Not thread-safe: one an event
 * loop.
 */
interface MessageSource {

  /**
   * A message.
   *
   * @param connection it is sent on
   * @param sequence how many were sent on that connection before
   * @return a new buffer, owned by the caller
   */
  ByteBuf message(ByteBufAllocator allocator, int connection, long sequence);

  /** Reads the replies that come on a new connection. */
  ReplyReader newReader(int connection);

  /** What the plan sends, made for one event loop. */
  static MessageSource of(LoadPlan plan) {
    return switch (plan.messages().content()) {
      case Messages.Pattern pattern ->
          new FramedMessages(EchoFrame.ofPattern(pattern.sizes()), plan.verify());
      case Messages.FramedText framed ->
          new FramedMessages(EchoFrame.ofText(framed.text()), plan.verify());
      case Messages.RawText raw ->
          new FixedMessages(raw.text(), new Expectation.Exact(raw.text()), plan.verify());
      case Messages.Request request ->
          new FixedMessages(request.text(), request.reply(), plan.verify());
    };
  }
}
