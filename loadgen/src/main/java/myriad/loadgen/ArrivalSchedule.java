package myriad.loadgen;

/**
 * A monotonic sequence of fire times, in nanoseconds of {@link System#nanoTime}. It never looks at
 * the clock nor at the target: what is late stays due.
 */
interface ArrivalSchedule {

  /** As {@link #dueNs}: nothing is due any more. */
  long NEVER = Long.MAX_VALUE;

  /** When the next one is due; {@link #NEVER} if there is none. */
  long dueNs();

  /** Goes on to the one after. */
  void advance();

  /** A schedule on which everything is due at once, from {@code startNs} on. */
  static ArrivalSchedule atOnce(long startNs) {
    return new ArrivalSchedule() {
      @Override
      public long dueNs() {
        return startNs;
      }

      @Override
      public void advance() {}
    };
  }

  /** What is due by either of two schedules. */
  static ArrivalSchedule both(ArrivalSchedule one, ArrivalSchedule other) {
    if (other.dueNs() == NEVER) {
      return one;
    }
    if (one.dueNs() == NEVER) {
      return other;
    }
    return new ArrivalSchedule() {
      @Override
      public long dueNs() {
        return Math.min(one.dueNs(), other.dueNs());
      }

      @Override
      public void advance() {
        (one.dueNs() <= other.dueNs() ? one : other).advance();
      }
    };
  }

  /** A schedule on which nothing is ever due. */
  static ArrivalSchedule nothing() {
    return new ArrivalSchedule() {
      @Override
      public long dueNs() {
        return NEVER;
      }

      @Override
      public void advance() {}
    };
  }
}
