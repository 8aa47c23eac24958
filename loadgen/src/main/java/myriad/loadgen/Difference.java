package myriad.loadgen;

import io.netty.buffer.ByteBuf;

/** Tells in words where bytes that came are not those that were expected. */
final class Difference {

  private Difference() {}

  /**
   * The first of {@code length} bytes that differs; there must be one.
   *
   * @param from index in {@code in} of the byte that has place {@code offset} in its reply
   * @param expected the reply, or its beginning
   */
  static String inReply(ByteBuf in, int from, ByteBuf expected, int offset, int length) {
    int at = 0;
    while (at < length - 1 && in.getByte(from + at) == expected.getByte(offset + at)) {
      at++;
    }
    return "byte %,d of a reply came as 0x%02x, not as 0x%02x"
        .formatted(offset + at, in.getByte(from + at), expected.getByte(offset + at));
  }
}
