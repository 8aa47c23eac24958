package myriad.server.variants;

import io.netty.channel.unix.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Buffers that an event loop has the kernel receive into. The one that came back last goes out
 * first, as it is the likeliest to be in the processor's caches. Used by the loop's thread.
 */
final class ReceiveBuffers {

  /**
   * Those of a loop that are out at once; what arrives beyond waits in its socket. All of them stay
   * resident, and more make nothing faster.
   */
  static final int MOST = 256;

  /** A buffer, and where the kernel finds it. */
  record ReceiveBuffer(ByteBuffer memory, long address) {

    private static ReceiveBuffer of(ByteBuffer memory) {
      return new ReceiveBuffer(memory, Buffer.memoryAddress(memory));
    }

    int bytes() {
      return memory.capacity();
    }
  }

  private final int bytes;
  private final Deque<ReceiveBuffer> free = new ArrayDeque<>();
  private int made;

  /**
   * @param bytes the size of each
   * @throws IOException if there is no memory for the first
   */
  ReceiveBuffers(int bytes) throws IOException {
    this.bytes = bytes;
    free.push(ReceiveBuffer.of(NonBlockingEcho.allocate(bytes)));
    made = 1;
  }

  /**
   * One that nobody else holds; null while as many are out as may be.
   *
   * @throws OutOfMemoryError if there is no memory for another
   */
  @Nullable ReceiveBuffer take() {
    if (free.isEmpty() && made < MOST) {
      ReceiveBuffer another = ReceiveBuffer.of(ByteBuffer.allocateDirect(bytes));
      made++;
      return another;
    }
    return free.poll();
  }

  void giveBack(ReceiveBuffer buffer) {
    free.push(buffer);
  }
}
