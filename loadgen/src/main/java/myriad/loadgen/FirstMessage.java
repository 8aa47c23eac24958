package myriad.loadgen;

import io.netty.buffer.ByteBuf;

/**
 * What every connection of an event loop sends once, before its messages. Not thread-safe: one an
 * event loop.
 */
final class FirstMessage {

  private final FixedMessages text;
  private final boolean answered;

  FirstMessage(Messages.FirstMessage planned, boolean verify) {
    answered = planned.reply().isPresent();
    text =
        new FixedMessages(
            planned.text(),
            planned.reply().orElseGet(() -> new Expectation.Exact(planned.text())),
            verify);
  }

  /** Whether a reply has to come before anything else is sent. */
  boolean isAnswered() {
    return answered;
  }

  int size() {
    return text.sizeOf(0, 0);
  }

  /** Appends it to {@code out}, which has room for it. */
  void write(ByteBuf out) {
    text.write(out, 0, 0, size());
  }

  /** Reads the reply on a new connection, if there is one. */
  ReplyReader newReader() {
    return text.newReader(0);
  }
}
