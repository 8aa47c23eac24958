package myriad.loadgen;

import java.util.List;

/** Draws the size of every message of a run, without a state: the same message, the same size. */
final class SizeSampler {

  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private final boolean fixed;
  private final long seed;
  private final int[] least;
  private final long[] span;

  /** Weights added up, so that the last is their sum. */
  private final long[] weightUpTo;

  SizeSampler(MessageSizes sizes) {
    List<MessageSizes.Part> parts = sizes.parts();
    this.fixed = sizes.isFixed();
    this.seed = sizes.seed();
    this.least = parts.stream().mapToInt(MessageSizes.Part::leastBytes).toArray();
    this.span =
        parts.stream().mapToLong(part -> part.mostBytes() - part.leastBytes() + 1).toArray();
    this.weightUpTo = parts.stream().mapToLong(MessageSizes.Part::weight).toArray();
    for (int i = 1; i < weightUpTo.length; i++) {
      weightUpTo[i] += weightUpTo[i - 1];
    }
  }

  /** Bytes of a message. */
  int sizeOf(int connection, long sequence) {
    if (fixed) {
      return least[0];
    }
    long random = random(connection, sequence);
    int part = partFor(scaled(random >>> 32, weightUpTo[weightUpTo.length - 1]));
    return least[part] + (int) scaled(random & LOW_HALF, span[part]);
  }

  private int partFor(long point) {
    int part = 0;
    while (point >= weightUpTo[part]) {
      part++;
    }
    return part;
  }

  /** 32 random bits as a number below {@code bound}. */
  private static long scaled(long random32, long bound) {
    return (random32 * bound) >>> 32;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014) over what the message is. */
  private long random(int connection, long sequence) {
    long mixed = seed + sequence * 0x9E3779B97F4A7C15L + connection * 0xD1B54A32D192ED03L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
