package myriad.loadgen;

import java.time.Duration;

/**
 * How long a connection lives, and whether another takes its place. A connection whose life is over
 * finishes what is under way, is closed, and is replaced by a new one at once.
 *
 * @param messages echoed on a connection until its life is over; {@link #UNLIMITED} for no such end
 * @param lifetime since it was established, or the load began if that was later, likewise; {@link
 *     Duration#ZERO} for no such end. Seen to about ten times a second or better; the first
 *     connections get even parts of it, so that they do not all end at once
 * @param reconnect whether a connection that failed, was lost, or has a reply overdue is replaced
 *     too, after a pause; one with a reply overdue is kept otherwise, and the reply may come late
 */
public record ConnectionLife(int messages, Duration lifetime, boolean reconnect) {

  /** As {@link #messages}: no end. */
  public static final int UNLIMITED = 0;

  /** Connections that are kept until the end, and not replaced if they are lost. */
  public static final ConnectionLife KEPT = new ConnectionLife(UNLIMITED, Duration.ZERO, false);

  public ConnectionLife {
    if (messages < UNLIMITED) {
      throw new InvalidPlanException("--messages-per-connection", messages, "1 or more");
    }
    if (lifetime.isNegative() || lifetime.compareTo(LoadPlan.LONGEST) > 0) {
      throw new InvalidPlanException("--lifetime", lifetime, "more than 0s, at most 7 days");
    }
  }

  /** Whether connections come and go by themselves. */
  boolean ends() {
    return hasLifetime() || messages != UNLIMITED;
  }

  boolean hasLifetime() {
    return !lifetime.isZero();
  }

  boolean isOverAfter(long echoed) {
    return messages != UNLIMITED && echoed >= messages;
  }
}
