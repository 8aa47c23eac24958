package myriad.loadgen;

/**
 * Finds bytes in a stream that comes in parts, reading each byte once (Knuth, Morris and Pratt,
 * 1977). Immutable: who searches keeps how many bytes match so far.
 */
final class Delimiter {

  private final byte[] bytes;

  /** By how many bytes matched: how many still do if the next one does not. */
  private final int[] fallback;

  Delimiter(WireText text) {
    bytes = new byte[text.size()];
    fallback = new int[text.size() + 1];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = text.at(i);
    }
    for (int i = 1; i < bytes.length; i++) {
      fallback[i + 1] = next(fallback[i], bytes[i]);
    }
  }

  /** How many bytes match after {@code value}, of which {@code matched}, not all, did before. */
  int next(int matched, byte value) {
    int candidate = matched;
    while (candidate > 0 && bytes[candidate] != value) {
      candidate = fallback[candidate];
    }
    return bytes[candidate] == value ? candidate + 1 : 0;
  }

  boolean isWhole(int matched) {
    return matched == bytes.length;
  }
}
