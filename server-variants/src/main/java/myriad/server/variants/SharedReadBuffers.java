package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * One read buffer for all connections of an event loop, as what was read is mostly written and
 * released before the next connection reads. Where a peer does not take it, the buffer stays with
 * its connection until it does, and the loop goes on with another.
 *
 * <p>Neither allocation nor release, nor a guess of the next size, is left on the path of a
 * message. For transports that read when they are told to; io_uring fills a buffer at a time of its
 * own.
 */
final class SharedReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {

  private final FastThreadLocal<ByteBuf> buffers = new FastThreadLocal<>();
  private final ByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final int bufferBytes;

  /**
   * @param bufferBytes the most that is read from a connection before others have their turn
   */
  SharedReadBuffers(int bufferBytes) {
    super(1);
    this.bufferBytes = bufferBytes;
  }

  @Override
  @SuppressWarnings("deprecation") // the type that the method it implements returns
  public Handle newHandle() {
    return new SharingHandle();
  }

  private ByteBuf ofThisLoop() {
    @Nullable ByteBuf buffer = buffers.getIfExists();
    if (buffer == null || buffer.refCnt() > 1) {
      if (buffer != null) {
        buffer.release();
      }
      buffer = allocator.directBuffer(bufferBytes, bufferBytes);
      buffers.set(buffer);
    }
    return buffer.clear();
  }

  private final class SharingHandle extends MaxMessageHandle {

    @Override
    public ByteBuf allocate(ByteBufAllocator unused) {
      return ofThisLoop().retain();
    }

    @Override
    public int guess() {
      return bufferBytes;
    }
  }
}
