package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Messages in a frame, each unlike every other, which an echo server sends back. */
final class FramedMessages implements MessageSource {

  private final EchoFrame frame;
  private final boolean verify;

  FramedMessages(EchoFrame frame, boolean verify) {
    this.frame = frame;
    this.verify = verify;
  }

  @Override
  public ByteBuf message(ByteBufAllocator allocator, int connection, long sequence) {
    int size = frame.sizeOf(connection, sequence);
    ByteBuf message = allocator.directBuffer(size, size);
    frame.write(message, connection, sequence, size);
    return message;
  }

  @Override
  public ReplyReader newReader(int connection) {
    return new EchoVerifier(frame, connection, verify);
  }
}
