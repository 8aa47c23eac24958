package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Compares bytes of native memory at the speed of memory. {@link ByteBufUtil#equals} does the same
 * by a checked read of each buffer for every 8 bytes, which takes three times as long for 64 bytes.
 */
final class NativeBytes {

  @SuppressWarnings("restricted") // only buffers are read, within their bounds
  private static final MemorySegment ALL_MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private NativeBytes() {}

  /** Whether {@code length} bytes of {@code a} and {@code b} are the same. */
  static boolean equal(ByteBuf a, int aIndex, ByteBuf b, int bIndex, int length) {
    if (!a.hasMemoryAddress() || !b.hasMemoryAddress()) {
      return ByteBufUtil.equals(a, aIndex, b, bIndex, length);
    }
    Objects.checkFromIndexSize(aIndex, length, a.writerIndex());
    Objects.checkFromIndexSize(bIndex, length, b.writerIndex());
    long aAt = a.memoryAddress() + aIndex;
    long bAt = b.memoryAddress() + bIndex;
    return MemorySegment.mismatch(ALL_MEMORY, aAt, aAt + length, ALL_MEMORY, bAt, bAt + length) < 0;
  }
}
