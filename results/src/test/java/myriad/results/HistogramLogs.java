package myriad.results;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/** Histogram logs that no recorder writes. */
final class HistogramLogs {

  private static final int COMPRESSED_COOKIE = 0x1c849304 | 0x10;

  private HistogramLogs() {}

  /** A log whose one histogram has a byte of its header changed, and is packed well. */
  static String withHeaderByte(int at, byte value) {
    Histogram histogram = new Histogram(1_000, 60_000_000_000L, 3);
    histogram.recordValue(1_234_567);
    ByteBuffer plain = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoByteBuffer(plain);
    plain.put(at, value);
    return line(plain.array(), length);
  }

  /** A log whose one histogram is {@code plain}, packed well. */
  static String line(byte[] plain, int length) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(plain, 0, length);
      deflater.finish();
      byte[] packed = new byte[length + 64];
      int packedLength = deflater.deflate(packed);
      ByteBuffer payload = ByteBuffer.allocate(8 + packedLength);
      payload.putInt(COMPRESSED_COOKIE).putInt(packedLength).put(packed, 0, packedLength);
      return "Tag=SERVICE,0.000,1.000,1.235," + Base64.getEncoder().encodeToString(payload.array());
    }
  }
}
