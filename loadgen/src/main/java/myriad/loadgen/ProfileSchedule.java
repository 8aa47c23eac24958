package myriad.loadgen;

import java.util.SplittableRandom;
import myriad.loadgen.Arrivals.Spacing;

/**
 * The fire times of one event loop's share of a {@link RateProfile}.
 *
 * <p>Even spacing: the messages of all loops are numbered, and loop {@code i} of {@code n} takes
 * every {@code n}th, beginning with the {@code i}th, so that together they are as even as one.
 * Poisson: each loop is a Poisson process of its own at its share of the rate, and such processes
 * add up to one at the whole rate. Each time is computed from the start, so that rounding does not
 * add up.
 */
final class ProfileSchedule implements ArrivalSchedule {

  private final RateProfile rate;
  private final long startNs;
  private final long untilNs;
  private final int loops;
  private final SplittableRandom random;
  private final boolean even;

  /** The profile's integral at the message that is due next. */
  private double count;

  private int piece;
  private long dueNs;

  /**
   * A loop's share of a profile.
   *
   * @param startNs when the profile begins
   * @param untilNs from when on nothing is due
   * @param seed of Poisson spacing
   * @param loop which loop this is, from 0
   * @param loops how many share the rate
   */
  ProfileSchedule(
      RateProfile rate,
      Spacing spacing,
      long seed,
      long startNs,
      long untilNs,
      int loop,
      int loops) {
    this.rate = rate;
    this.startNs = startNs;
    this.untilNs = untilNs;
    this.loops = loops;
    this.even = spacing == Spacing.CONSTANT;
    this.random = randomOf(seed, loop);
    this.count = even ? loop : distance();
    this.dueNs = timeOfCount();
  }

  @Override
  public long dueNs() {
    return dueNs;
  }

  @Override
  public void advance() {
    count += even ? loops : distance();
    dueNs = timeOfCount();
  }

  /** A generator for each loop that has nothing in common with those of the others. */
  private static SplittableRandom randomOf(long seed, int loop) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < loop; i++) {
      random = random.split();
    }
    return random;
  }

  /** To the next message of a Poisson process, in messages of all loops together. */
  private double distance() {
    return -Math.log(1 - random.nextDouble()) * loops;
  }

  private long timeOfCount() {
    while (piece + 1 < rate.pieceCount() && count >= rate.countBefore(piece + 1)) {
      piece++;
    }
    double nanos = rate.nanosUntil(count, piece);
    long due = startNs + (long) nanos;
    return nanos < Long.MAX_VALUE && due >= startNs && due < untilNs ? due : NEVER;
  }
}
