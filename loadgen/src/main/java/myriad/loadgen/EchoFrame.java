package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;

/**
 * What a message looks like on the wire, so that every echoed byte can be told from every other:
 * the sequence number on its connection, the connection's id, and a slice of a fixed random pattern
 * that begins where both of them say; or a user's text in place of the pattern.
 *
 * <pre>
 * byte 0       8                      12                                    size
 *      | seq   | connection, signed   | pattern, from mix(connection, seq)  |      little endian
 * </pre>
 *
 * A message shorter than its header carries the first bytes of it. Not thread-safe: one an event
 * loop.
 */
final class EchoFrame {

  /** Shorter messages do not say whose they are. */
  static final int HEADER_BYTES = 12;

  /** Tells a header from other numbers, together with the connection. */
  private static final int SIGNATURE = 0x6D79_7269;

  /**
   * Prime, so that bytes which are lost or doubled by a buffer of a round size do not go unseen;
   * small, so that it stays in the processor's caches.
   */
  private static final int PATTERN_BYTES = 4_093;

  /** The pattern twice over, so that a slice of its length is contiguous wherever it begins. */
  private static final ByteBuf PATTERN = pattern();

  private final SizeSampler sizes;
  private final ByteBuf content;

  /** After so many bytes the content begins anew. */
  private final int contentBytes;

  private final boolean beginsAnywhere;
  private final ByteBuf expectedHeader =
      Unpooled.buffer(HEADER_BYTES, HEADER_BYTES).writeZero(HEADER_BYTES);

  private EchoFrame(SizeSampler sizes, ByteBuf content, int contentBytes, boolean beginsAnywhere) {
    this.sizes = sizes;
    this.content = content;
    this.contentBytes = contentBytes;
    this.beginsAnywhere = beginsAnywhere;
  }

  /** Messages with the pattern, of these sizes, header included. */
  static EchoFrame ofPattern(MessageSizes sizes) {
    return new EchoFrame(new SizeSampler(sizes), PATTERN, PATTERN_BYTES, true);
  }

  /** Messages with a user's text behind the header. */
  static EchoFrame ofText(WireText text) {
    MessageSizes sizes = MessageSizes.fixed(HEADER_BYTES + text.size());
    return new EchoFrame(new SizeSampler(sizes), text.toBuffer(), text.size(), false);
  }

  /** Bytes of a message, header included. */
  int sizeOf(int connection, long sequence) {
    return sizes.sizeOf(connection, sequence);
  }

  /** Appends the message of {@code size} bytes to {@code out}, which has room for it. */
  void write(ByteBuf out, int connection, long sequence, int size) {
    if (size < HEADER_BYTES) {
      writeHeader(connection, sequence);
      out.writeBytes(expectedHeader, 0, size);
      return;
    }
    out.writeLongLE(sequence);
    out.writeIntLE(onWire(connection));
    int from = contentStart(connection, sequence);
    for (int left = size - HEADER_BYTES; left > 0; ) {
      int length = Math.min(left, contentBytes);
      out.writeBytes(content, from, length);
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
      int headerPart = Math.min(end, HEADER_BYTES) - at;
      if (!headerMatches(in, index, at, headerPart, connection, sequence)) {
        return false;
      }
      at += headerPart;
    }
    int from = contentStart(connection, sequence);
    while (at < end) {
      int inContent = at - HEADER_BYTES;
      if (inContent >= contentBytes) {
        inContent %= contentBytes;
      }
      int part = Math.min(end - at, contentBytes - inContent);
      if (!NativeBytes.equal(in, index + at - offset, content, from + inContent, part)) {
        return false;
      }
      at += part;
    }
    return true;
  }

  /** The byte of a message at {@code offset}. */
  byte byteAt(int offset, int connection, long sequence) {
    if (offset < HEADER_BYTES) {
      writeHeader(connection, sequence);
      return expectedHeader.getByte(offset);
    }
    int inContent = (offset - HEADER_BYTES) % contentBytes;
    return content.getByte(contentStart(connection, sequence) + inContent);
  }

  /**
   * The first byte of {@code in} that differs from the message, which begins {@code offset} bytes
   * before it.
   */
  String differenceIn(ByteBuf in, int offset, int connection, long sequence) {
    int end = Math.min(sizeOf(connection, sequence), offset + in.readableBytes());
    for (int at = offset; at < end; at++) {
      byte came = in.getByte(in.readerIndex() + at - offset);
      byte sent = byteAt(at, connection, sequence);
      if (came != sent) {
        return "byte %,d of message %,d came as 0x%02x, not as 0x%02x"
            .formatted(at, sequence, came, sent);
      }
    }
    return "the header of message %,d came otherwise".formatted(sequence);
  }

  private boolean headerMatches(
      ByteBuf in, int index, int offset, int length, int connection, long sequence) {
    if (length == HEADER_BYTES) {
      return sequenceAt(in, index) == sequence && connectionAt(in, index) == connection;
    }
    writeHeader(connection, sequence);
    return ByteBufUtil.equals(in, index, expectedHeader, offset, length);
  }

  /** The sequence number of the message whose header begins at {@code index}. */
  static long sequenceAt(ByteBuf in, int index) {
    return in.getLongLE(index);
  }

  /** The connection of the message whose header begins at {@code index}. */
  static int connectionAt(ByteBuf in, int index) {
    return in.getIntLE(index + Long.BYTES) ^ SIGNATURE;
  }

  /** No small number, so that neither zeros nor a part of a header pass for a header. */
  static int onWire(int connection) {
    return connection ^ SIGNATURE;
  }

  /** Sets the first bytes of {@code header}. */
  static void setHeader(ByteBuf header, int connection, long sequence) {
    header.setLongLE(0, sequence);
    header.setIntLE(Long.BYTES, onWire(connection));
  }

  private void writeHeader(int connection, long sequence) {
    setHeader(expectedHeader, connection, sequence);
  }

  private int contentStart(int connection, long sequence) {
    if (!beginsAnywhere) {
      return 0;
    }
    long mixed = (sequence * 0x9E3779B97F4A7C15L) ^ (connection * 0xC2B2AE3D27D4EB4FL);
    return (int) (((mixed >>> 40) * PATTERN_BYTES) >>> 24);
  }

  private static ByteBuf pattern() {
    byte[] random = new byte[PATTERN_BYTES];
    new Random(10_000).nextBytes(random);
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer(2 * PATTERN_BYTES).writeBytes(random).writeBytes(random));
  }
}
