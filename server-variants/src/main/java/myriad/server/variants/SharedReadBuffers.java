package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * A few read buffers for all connections of an event loop, as what was read is mostly written and
 * released before many other connections have been read from: see {@link SendBatch}. Where {@link
 * QueuedWrites} has to wait for a peer, the buffer stays with its connection until it is written,
 * and the loop goes on with another.
 *
 * <p>Neither allocation nor release, nor a guess of the next size, is left on the path of a
 * message.
 */
final class SharedReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {

  private final FastThreadLocal<ReusedBuffers> buffers =
      new FastThreadLocal<>() {
        @Override
        protected ReusedBuffers initialValue() {
          return new ReusedBuffers(bufferBytes, most);
        }
      };

  private final int bufferBytes;
  private final int most;

  /**
   * @param bufferBytes the most that is read from a connection before others have their turn
   * @param most how many buffers a loop keeps for use again
   */
  SharedReadBuffers(int bufferBytes, int most) {
    super(1);
    this.bufferBytes = bufferBytes;
    this.most = most;
  }

  @Override
  @SuppressWarnings("deprecation") // the type that the method it implements returns
  public Handle newHandle() {
    return new SharingHandle();
  }

  private final class SharingHandle extends MaxMessageHandle {

    @Override
    public ByteBuf allocate(ByteBufAllocator unused) {
      return buffers.get().take();
    }

    @Override
    public int guess() {
      return bufferBytes;
    }
  }
}
