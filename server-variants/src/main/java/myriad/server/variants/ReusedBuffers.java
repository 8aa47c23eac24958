package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct buffers of one size that an event loop uses in turn: no more of them than are in use at
 * once, so that they stay in the processor's caches. Used by the loop's thread.
 */
final class ReusedBuffers {

  private final ByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final List<ByteBuf> buffers = new ArrayList<>();
  private final int bytes;
  private final int most;
  private int next;

  /**
   * @param bytes the size of each
   * @param most how many are kept for use again; those that are out beyond are freed when released
   */
  ReusedBuffers(int bytes, int most) {
    this.bytes = bytes;
    this.most = most;
  }

  /** An empty buffer that nobody else holds; to be released by the caller. */
  ByteBuf take() {
    if (next == buffers.size()) {
      next = 0;
    }
    if (buffers.isEmpty() || isOut(buffers.get(next))) {
      putNewOne();
    }
    ByteBuf buffer = buffers.get(next);
    next++;
    return buffer.clear().retain();
  }

  private static boolean isOut(ByteBuf buffer) {
    return buffer.refCnt() > 1;
  }

  private void putNewOne() {
    ByteBuf buffer = allocator.directBuffer(bytes, bytes);
    if (buffers.size() < most) {
      buffers.add(next, buffer);
    } else {
      buffers.set(next, buffer).release();
    }
  }
}
