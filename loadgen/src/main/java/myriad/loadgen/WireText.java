package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes as they go over the wire, which a user writes as text with escapes: {@code \r \n \t \0 \\}
 * and {@code \xHH}; everything else stands for itself, in UTF-8. Immutable.
 */
public final class WireText {

  /** No bytes at all. */
  public static final WireText EMPTY = new WireText(new byte[0]);

  private static final String TAKES = "the escapes \\r \\n \\t \\0 \\\\ and \\xHH";

  /** A longer text is described by its beginning. */
  private static final int DESCRIBED_WHOLE = 1024;

  private static final int BEGINNING = 64;

  private final byte[] bytes;

  private WireText(byte[] bytes) {
    this.bytes = bytes;
  }

  /** These bytes as they are; they are copied. */
  public static WireText of(byte[] bytes) {
    return new WireText(bytes.clone());
  }

  /**
   * What a user wrote.
   *
   * @throws IllegalArgumentException for an escape that is none, in words for the user
   */
  public static WireText parse(String escaped) {
    ByteBuf bytes = Unpooled.buffer(escaped.length());
    int plainFrom = 0;
    for (int at = escaped.indexOf('\\'); at >= 0; at = escaped.indexOf('\\', plainFrom)) {
      bytes.writeCharSequence(escaped.substring(plainFrom, at), StandardCharsets.UTF_8);
      plainFrom = at + appendEscape(escaped, at, bytes);
    }
    bytes.writeCharSequence(escaped.substring(plainFrom), StandardCharsets.UTF_8);
    return new WireText(Arrays.copyOf(bytes.array(), bytes.readableBytes()));
  }

  /** How many bytes. */
  public int size() {
    return bytes.length;
  }

  /** As a user writes it, whole. */
  public String escaped() {
    return escaped(bytes.length);
  }

  /** For a record of a run: whole, or its beginning with length and SHA-256 if it is long. */
  String described() {
    return bytes.length <= DESCRIBED_WHOLE
        ? escaped()
        : "%s... (%,d bytes, SHA-256 %s)"
            .formatted(escaped(BEGINNING), bytes.length, HexFormat.of().formatHex(sha256()));
  }

  /** A buffer of native memory of its own, which is freed when nothing refers to it any more. */
  ByteBuf toBuffer() {
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(memory));
  }

  byte at(int index) {
    return bytes[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WireText text && Arrays.equals(bytes, text.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return described();
  }

  /** Appends the byte of the escape that begins at {@code at}; how long the escape is. */
  private static int appendEscape(String escaped, int at, ByteBuf bytes) {
    char kind = at + 1 < escaped.length() ? escaped.charAt(at + 1) : ' ';
    switch (kind) {
      case 'r' -> bytes.writeByte('\r');
      case 'n' -> bytes.writeByte('\n');
      case 't' -> bytes.writeByte('\t');
      case '0' -> bytes.writeByte(0);
      case '\\' -> bytes.writeByte('\\');
      case 'x' -> {
        bytes.writeByte(hexByte(escaped, at + 2));
        return 4;
      }
      default -> throw notAnEscape(escaped, at);
    }
    return 2;
  }

  private static int hexByte(String escaped, int at) {
    try {
      return HexFormat.fromHexDigits(escaped, at, at + 2);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw notAnEscape(escaped, at - 2);
    }
  }

  private static IllegalArgumentException notAnEscape(String escaped, int at) {
    String found = escaped.substring(at, Math.min(escaped.length(), at + 4));
    return new IllegalArgumentException(
        "'%s' at character %,d is not one of %s".formatted(found, at + 1, TAKES));
  }

  private String escaped(int length) {
    StringBuilder text = new StringBuilder(length + 16);
    for (int i = 0; i < length; i++) {
      switch (bytes[i]) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '\\' -> text.append("\\\\");
        default -> {
          boolean namesFile = i == 0 && bytes[i] == '@';
          if (bytes[i] >= ' ' && bytes[i] < 0x7F && !namesFile) {
            text.append((char) bytes[i]);
          } else {
            text.append("\\x").append(HexFormat.of().toHexDigits(bytes[i]));
          }
        }
      }
    }
    return text.toString();
  }

  private byte[] sha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
