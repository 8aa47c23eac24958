package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;

/**
 * What a message looks like on the wire, so that every echoed byte can be told from every other:
 * the sequence number on its connection, the connection's id, and a slice of a fixed random pattern
 * that begins where both of them say.
 *
 * <pre>
 * byte 0       8             12                                    size
 *      | seq   | connection  | pattern, from mix(connection, seq)  |      little endian
 * </pre>
 *
 * A message shorter than its header carries the first bytes of it. Not thread-safe: one an event
 * loop.
 */
final class EchoFrame {

  /** Shorter messages do not say whose they are. */
  static final int HEADER_BYTES = 12;

  private static final int PATTERN_BYTES = 1 << 16;
  private static final int PATTERN_MASK = PATTERN_BYTES - 1;

  /** The pattern twice over, so that a slice of its length is contiguous wherever it begins. */
  private static final ByteBuf PATTERN = pattern();

  private final int size;
  private final ByteBuf expectedHeader =
      Unpooled.directBuffer(HEADER_BYTES, HEADER_BYTES).writeZero(HEADER_BYTES);

  /**
   * A frame for messages of one size.
   *
   * @param size bytes of a message, header included
   */
  EchoFrame(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  /** Appends the message to {@code out}, which has room for it. */
  void write(ByteBuf out, int connection, long sequence) {
    if (size < HEADER_BYTES) {
      writeHeader(connection, sequence);
      out.writeBytes(expectedHeader, 0, size);
      return;
    }
    out.writeLongLE(sequence);
    out.writeIntLE(connection);
    int from = patternStart(connection, sequence);
    for (int left = size - HEADER_BYTES; left > 0; ) {
      int length = Math.min(left, PATTERN_BYTES);
      out.writeBytes(PATTERN, from, length);
      left -= length;
    }
  }

  /**
   * Whether {@code length} bytes of {@code in} from {@code index} are those of the message from its
   * byte {@code offset}. The reader index of {@code in} does not move.
   */
  boolean matches(ByteBuf in, int index, int offset, int length, int connection, long sequence) {
    int at = offset;
    int end = offset + length;
    if (at < HEADER_BYTES) {
      writeHeader(connection, sequence);
      int headerPart = Math.min(end, HEADER_BYTES) - at;
      if (!ByteBufUtil.equals(in, index, expectedHeader, at, headerPart)) {
        return false;
      }
      at += headerPart;
    }
    int from = patternStart(connection, sequence);
    while (at < end) {
      int inPattern = (at - HEADER_BYTES) & PATTERN_MASK;
      int part = Math.min(end - at, PATTERN_BYTES - inPattern);
      if (!ByteBufUtil.equals(in, index + at - offset, PATTERN, from + inPattern, part)) {
        return false;
      }
      at += part;
    }
    return true;
  }

  /** The sequence number of the message whose header begins at {@code index}. */
  static long sequenceAt(ByteBuf in, int index) {
    return in.getLongLE(index);
  }

  /** The connection of the message whose header begins at {@code index}. */
  static int connectionAt(ByteBuf in, int index) {
    return in.getIntLE(index + Long.BYTES);
  }

  private void writeHeader(int connection, long sequence) {
    expectedHeader.setLongLE(0, sequence);
    expectedHeader.setIntLE(Long.BYTES, connection);
  }

  private static int patternStart(int connection, long sequence) {
    long mixed = (sequence * 0x9E3779B97F4A7C15L) ^ (connection * 0xC2B2AE3D27D4EB4FL);
    return (int) (mixed >>> 40) & PATTERN_MASK;
  }

  private static ByteBuf pattern() {
    byte[] random = new byte[PATTERN_BYTES];
    new Random(10_000).nextBytes(random);
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer(2 * PATTERN_BYTES).writeBytes(random).writeBytes(random));
  }
}
