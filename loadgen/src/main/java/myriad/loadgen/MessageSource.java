package myriad.loadgen;

import io.netty.buffer.ByteBuf;

/**
 * Makes the messages of an event loop, and what reads their replies. Not thread-safe: one an event
 * loop.
 */
interface MessageSource {

  /**
   * Bytes of a message.
   *
   * @param connection it is sent on
   * @param sequence how many were sent on that connection before
   */
  int sizeOf(int connection, long sequence);

  /** Appends that message, of {@code size} bytes, to {@code out}, which has room for it. */
  void write(ByteBuf out, int connection, long sequence, int size);

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
