package myriad.loadgen;

/**
 * Even distances. Several loops share one rate: loop {@code i} of {@code n} takes every {@code n}th
 * time, beginning with the {@code i}th, so that together they are as even as one. Each time is
 * computed from the start, so that rounding does not add up.
 */
final class ConstantSchedule implements ArrivalSchedule {

  private final long startNs;
  private final long untilNs;
  private final double periodNs;
  private final int stride;
  private long index;

  /**
   * A loop's share of a constant rate.
   *
   * @param startNs when the first of all loops is due
   * @param untilNs from when on nothing is due
   * @param perSecond rate of all loops together; infinite for at once
   * @param loop which loop this is, from 0
   * @param loops how many share the rate
   */
  ConstantSchedule(long startNs, long untilNs, double perSecond, int loop, int loops) {
    this.startNs = startNs;
    this.untilNs = untilNs;
    this.periodNs = 1e9 / perSecond;
    this.stride = loops;
    this.index = loop;
  }

  @Override
  public long dueNs() {
    long due = startNs + (long) (index * periodNs);
    return due < untilNs ? due : NEVER;
  }

  @Override
  public void advance() {
    index += stride;
  }
}
