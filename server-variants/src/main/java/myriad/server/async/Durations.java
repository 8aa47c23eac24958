package myriad.server.async;

import java.time.Duration;

/** Durations as the loop's clock counts them. */
final class Durations {

  /** Far enough to never come, and small enough that a clock reading can be added to it. */
  private static final long FAR_FUTURE_NANOS = Long.MAX_VALUE / 4;

  private Durations() {}

  /** Nanoseconds, at least 0; a duration of centuries counts as far away. */
  static long nanos(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(Duration.ofNanos(FAR_FUTURE_NANOS)) > 0
        ? FAR_FUTURE_NANOS
        : duration.toNanos();
  }
}
