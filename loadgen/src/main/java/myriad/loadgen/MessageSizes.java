package myriad.loadgen;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * How large messages are: one size, evenly spread over a range, or a mix of these with weights. The
 * size of a message follows from the seed, its connection and its number on it, so that who
 * compares its echo knows it too.
 *
 * @param parts of the mix
 * @param seed the same seed gives the same sizes
 */
public record MessageSizes(List<Part> parts, long seed) {

  /** The largest message, in bytes. */
  public static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final int MOST_WEIGHT = 1_000_000;
  private static final int MOST_PARTS = 1_000;

  /** The size of messages unless a user names one. */
  public static final MessageSizes DEFAULT = fixed(64);

  public MessageSizes {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > MOST_PARTS) {
      throw new InvalidPlanException("--size", parts.size() + " sizes", "1 to 1,000 sizes");
    }
  }

  /** One size for every message. */
  public static MessageSizes fixed(int bytes) {
    return new MessageSizes(List.of(new Part(bytes, bytes, 1)), 0);
  }

  /** Whether all messages have one size. */
  public boolean isFixed() {
    int first = parts.getFirst().leastBytes();
    return parts.stream().allMatch(part -> part.leastBytes() == first && part.mostBytes() == first);
  }

  /** As the command line takes it. */
  String describe() {
    boolean weighted = parts.size() > 1;
    return parts.stream().map(part -> part.describe(weighted)).collect(joining(","));
  }

  /**
   * Sizes from {@code leastBytes} to {@code mostBytes}, each as likely as any other.
   *
   * @param weight how often this part is chosen, against those of the other parts
   */
  public record Part(int leastBytes, int mostBytes, int weight) {

    public Part {
      requireSize(leastBytes);
      requireSize(mostBytes);
      if (leastBytes > mostBytes) {
        throw new InvalidPlanException(
            "--size", leastBytes + "-" + mostBytes, "ranges that begin with the smaller size");
      }
      if (weight < 1 || weight > MOST_WEIGHT) {
        throw new InvalidPlanException("--size", "a weight of " + weight, "weights of 1 to 1m");
      }
    }

    private static void requireSize(int bytes) {
      if (bytes < 1 || bytes > MOST_BYTES) {
        throw new InvalidPlanException("--size", bytes, "1 to 16m");
      }
    }

    private String describe(boolean weighted) {
      String size =
          leastBytes == mostBytes ? Integer.toString(leastBytes) : leastBytes + "-" + mostBytes;
      return weighted ? size + ":" + weight : size;
    }
  }
}
