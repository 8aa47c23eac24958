package myriad.loadgen.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The unit in which the kernel counts memory: 4 KiB, or more on some ARM hosts. */
final class PageSize {

  private static final long USUAL_BYTES = 4096;

  /** Of the pairs that the kernel hands every process, the one that tells it; see getauxval(3). */
  private static final long AT_PAGESZ = 6;

  private static final int PAIR_BYTES = 2 * Long.BYTES;

  static final long OF_THIS_HOST = bytes(ProcFile.PROC);

  private PageSize() {}

  /** Of the host whose {@code /proc} is given; the usual one if it does not tell. */
  static long bytes(Path proc) {
    try {
      ByteBuffer pairs =
          ByteBuffer.wrap(Files.readAllBytes(proc.resolve("self/auxv")))
              .order(ByteOrder.nativeOrder());
      while (pairs.remaining() >= PAIR_BYTES) {
        long key = pairs.getLong();
        long value = pairs.getLong();
        if (key == AT_PAGESZ) {
          return value;
        }
      }
      return USUAL_BYTES;
    } catch (IOException untold) {
      return USUAL_BYTES;
    }
  }
}
