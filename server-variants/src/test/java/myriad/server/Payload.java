package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

/** A stream of bytes in which each byte tells its position, so that no shift goes unseen. */
final class Payload {

  private Payload() {}

  /** {@code length} bytes of the stream, from position {@code from} on. */
  static byte[] bytes(long from, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = at(from + i);
    }
    return bytes;
  }

  static void assertIntact(byte[] received, int length, long from) {
    for (int i = 0; i < length; i++) {
      if (received[i] != at(from + i)) {
        assertThat(received[i]).as("byte %d of the echo", from + i).isEqualTo(at(from + i));
      }
    }
  }

  private static byte at(long position) {
    long mixed = position * 0x9E3779B97F4A7C15L;
    return (byte) (mixed >>> 56);
  }
}
