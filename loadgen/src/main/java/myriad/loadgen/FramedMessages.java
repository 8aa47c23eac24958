package myriad.loadgen;

import io.netty.buffer.ByteBuf;

/** Messages in a frame, each unlike every other, which an echo server sends back. */
final class FramedMessages implements MessageSource {

  private final EchoFrame frame;
  private final boolean verify;

  FramedMessages(EchoFrame frame, boolean verify) {
    this.frame = frame;
    this.verify = verify;
  }

  @Override
  public int sizeOf(int connection, long sequence) {
    return frame.sizeOf(connection, sequence);
  }

  @Override
  public void write(ByteBuf out, int connection, long sequence, int size) {
    frame.write(out, connection, sequence, size);
  }

  @Override
  public ReplyReader newReader(int connection) {
    return new EchoVerifier(frame, connection, verify);
  }
}
