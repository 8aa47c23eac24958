package myriad.server;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what other threads do, never longer than a deadline. */
final class Await {

  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Duration POLL_PAUSE = Duration.ofMillis(2);

  private Await() {}

  /** Waits until {@code condition} holds; fails with {@code what} if it does not in time. */
  static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        fail("waited %s in vain until %s", LIMIT, what);
      }
      LockSupport.parkNanos(POLL_PAUSE.toNanos());
    }
  }
}
