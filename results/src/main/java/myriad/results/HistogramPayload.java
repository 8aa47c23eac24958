package myriad.results;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * Decodes one compressed HdrHistogram (encoding V2) from a source that is not trusted. HdrHistogram
 * allocates what the header claims; here the header is checked first.
 */
final class HistogramPayload {

  private static final int COMPRESSED_COOKIE = 0x1c849304 | 0x10;
  private static final int COOKIE = 0x1c849303 | 0x10;
  private static final int HEADER_BYTES = 40;
  private static final int OFFSET_AT = 8;
  private static final int DIGITS_AT = 12;
  private static final int LOWEST_AT = 16;
  private static final int HIGHEST_AT = 24;
  private static final int RATIO_AT = 32;

  private static final int MAX_DIGITS = 4;

  /** Counts of a histogram of four digits over the whole range of a long, 9 bytes each. */
  private static final int MAX_PAYLOAD_BYTES = 8 << 20;

  private HistogramPayload() {}

  /**
   * @throws IllegalArgumentException if {@code compressed} is no histogram that a run can have
   */
  static Histogram decode(ByteBuffer compressed) {
    if (compressed.remaining() < 8 || compressed.getInt() != COMPRESSED_COOKIE) {
      throw new IllegalArgumentException("not a compressed histogram");
    }
    if (compressed.getInt() != compressed.remaining()) {
      throw new IllegalArgumentException("a histogram is cut short");
    }
    ByteBuffer plain = inflate(compressed);
    requireSaneHeader(plain);
    try {
      return Histogram.decodeFromByteBuffer(plain, 0);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("a histogram is damaged", e);
    }
  }

  private static ByteBuffer inflate(ByteBuffer compressed) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(compressed);
      byte[] plain = new byte[64 << 10];
      int length = inflater.inflate(plain);
      while (!inflater.finished()) {
        if (length == MAX_PAYLOAD_BYTES || length < plain.length) {
          throw new IllegalArgumentException("a histogram is damaged or too large");
        }
        plain = Arrays.copyOf(plain, Math.min(MAX_PAYLOAD_BYTES, plain.length * 2));
        length += inflater.inflate(plain, length, plain.length - length);
      }
      return ByteBuffer.wrap(plain, 0, length);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a histogram is damaged", e);
    }
  }

  private static void requireSaneHeader(ByteBuffer plain) {
    boolean sane =
        plain.remaining() >= HEADER_BYTES
            && plain.getInt(0) == COOKIE
            && plain.getInt(OFFSET_AT) == 0
            && plain.getInt(DIGITS_AT) >= 0
            && plain.getInt(DIGITS_AT) <= MAX_DIGITS
            && plain.getLong(LOWEST_AT) >= 1
            && plain.getLong(HIGHEST_AT) >= 2 * plain.getLong(LOWEST_AT)
            && plain.getDouble(RATIO_AT) == 1.0;
    if (!sane) {
      throw new IllegalArgumentException("a histogram has a header that no run writes");
    }
  }
}
