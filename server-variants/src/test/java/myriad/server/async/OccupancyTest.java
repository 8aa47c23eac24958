package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two threads race for one loop, round after round. */
class OccupancyTest {

  private static final int ROUNDS = 2_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final AtomicInteger arrivals = new AtomicInteger();
  private final AtomicInteger entries = new AtomicInteger();
  private final long start = System.nanoTime();

  @Test
  void ofTwoThreadsThatRunALoopAtTheSameMomentOneIsRefused() {
    try (EventLoop loop = EventLoop.create();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Occupancy occupancy = new Occupancy(loop);
      CompletableFuture<Void> one = CompletableFuture.runAsync(() -> race(occupancy), threads);
      CompletableFuture<Void> other = CompletableFuture.runAsync(() -> race(occupancy), threads);
      one.join();
      other.join();
    }
    assertThat(entries).as("one a round").hasValue(ROUNDS);
  }

  private void race(Occupancy occupancy) {
    for (int meeting = 1; meeting < 2 * ROUNDS; meeting += 2) {
      meet(meeting);
      boolean entered = enters(occupancy);
      meet(meeting + 1);
      if (entered) {
        entries.incrementAndGet();
        occupancy.leave();
      }
    }
  }

  private static boolean enters(Occupancy occupancy) {
    try {
      occupancy.enter();
      return true;
    } catch (IllegalStateException refused) {
      assertThat(refused).hasMessageContaining("runs in another thread");
      return false;
    }
  }

  /** Waits for the other without sleeping, so that both go on within nanoseconds. */
  private void meet(int meeting) {
    arrivals.incrementAndGet();
    while (arrivals.get() < 2 * meeting) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("the other thread did not come to meeting " + meeting);
      }
      Thread.onSpinWait();
    }
  }
}
