package myriad.server.variants;

import io.netty.channel.unix.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;
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
  private final IntFunction<ByteBuffer> allocator;
  private final Deque<ReceiveBuffer> free = new ArrayDeque<>();
  private int made;

  /**
   * @param bytes the size of each
   * @throws IOException if there is no memory for the first
   */
  ReceiveBuffers(int bytes) throws IOException {
    this(bytes, ByteBuffer::allocateDirect);
  }

  /**
   * @param allocator of all but the first; may be out of memory
   */
  ReceiveBuffers(int bytes, IntFunction<ByteBuffer> allocator) throws IOException {
    this.bytes = bytes;
    this.allocator = allocator;
    free.push(ReceiveBuffer.of(NonBlockingEcho.allocate(bytes)));
    made = 1;
  }

  /**
   * One that nobody else holds; null while as many are out as may be, or as there is memory for.
   */
  @Nullable ReceiveBuffer take() {
    ReceiveBuffer first = free.poll();
    return first == null && made < MOST ? another() : first;
  }

  private @Nullable ReceiveBuffer another() {
    try {
      ReceiveBuffer another = ReceiveBuffer.of(allocator.apply(bytes));
      made++;
      return another;
    } catch (OutOfMemoryError full) {
      return null;
    }
  }

  void giveBack(ReceiveBuffer buffer) {
    free.push(buffer);
  }
}
