package myriad.server.async;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A receive buffer outside the heap, made when first needed. */
final class SharedBuffer {

  private static final int CAPACITY_BYTES = 64 * 1024;

  private @Nullable ByteBuffer buffer;

  ByteBuffer get() {
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(CAPACITY_BYTES);
    }
    return buffer;
  }
}
