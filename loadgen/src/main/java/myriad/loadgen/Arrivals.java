package myriad.loadgen;

import java.time.Duration;

/** When messages are due: the load model. */
public sealed interface Arrivals {

  /**
   * Every connection sends its next message when an echo has come back, so a target that stalls
   * also stalls its load, and hides its stalls from the latencies.
   *
   * @param think pause between an echo and the next message
   */
  record ClosedLoop(Duration think) implements Arrivals {
    public ClosedLoop {
      if (think.isNegative() || think.compareTo(LoadPlan.LONGEST) > 0) {
        throw new InvalidPlanException("--think", think, "0s to 7 days");
      }
    }
  }

  /**
   * Messages are due at times that were fixed beforehand, whatever the target does, on all
   * connections in turn; or at random, a Poisson process on each. A message that is due while its
   * connection is busy waits there, and its wait counts in response time.
   *
   * @param rate messages a second of all connections together, over the time of the load
   * @param spacing how far one message is from the next
   * @param seed of the random spacing: the same seed gives the same times
   */
  record OpenLoop(RateProfile rate, Spacing spacing, long seed) implements Arrivals {

    /** An even, constant rate. */
    public static OpenLoop constant(double messagesPerSecond) {
      return new OpenLoop(RateProfile.constant(messagesPerSecond), Spacing.CONSTANT, 0);
    }
  }

  /** Connections are opened, found to be served by one message each, and left alone. */
  record Idle() implements Arrivals {}

  /** How far one message of an open loop is from the next. */
  enum Spacing {
    /** At even distances, as the rate has them. */
    CONSTANT,
    /** At exponentially distributed distances: independent users, a Poisson process. */
    POISSON
  }
}
