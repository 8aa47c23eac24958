package myriad.loadgen;

import io.netty.buffer.ByteBuf;

/** The same bytes in every message, and a rule for the reply. */
final class FixedMessages implements MessageSource {

  private final ByteBuf text;
  private final ReplyRule reply;

  /** Messages of {@code text}; without {@code verify} only the end of a reply is looked for. */
  FixedMessages(WireText text, Expectation reply, boolean verify) {
    this.text = text.toBuffer();
    this.reply = ruleFor(reply, verify);
  }

  @Override
  public int sizeOf(int connection, long sequence) {
    return text.readableBytes();
  }

  @Override
  public void write(ByteBuf out, int connection, long sequence, int size) {
    out.writeBytes(text, text.readerIndex(), size);
  }

  @Override
  public ReplyReader newReader(int connection) {
    return reply.newReader();
  }

  private static ReplyRule ruleFor(Expectation reply, boolean verify) {
    return switch (reply) {
      case Expectation.Exact exact -> sized(exact.text().size(), exact.text(), verify);
      case Expectation.Length length -> sized(length.bytes(), length.beginning(), verify);
      case Expectation.Until until -> {
        Delimiter delimiter = new Delimiter(until.delimiter());
        ByteBuf beginning = compared(until.beginning(), verify);
        yield () -> new DelimitedReply(delimiter, beginning);
      }
    };
  }

  private static ReplyRule sized(int bytes, WireText beginning, boolean verify) {
    ByteBuf right = compared(beginning, verify);
    return () -> new SizedReply(bytes, right);
  }

  private static ByteBuf compared(WireText beginning, boolean verify) {
    return (verify ? beginning : WireText.EMPTY).toBuffer();
  }

  /** What all replies have in common. */
  @FunctionalInterface
  private interface ReplyRule {
    ReplyReader newReader();
  }
}
