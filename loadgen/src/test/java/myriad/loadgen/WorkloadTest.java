package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a life of a connection is over by the clock. */
class WorkloadTest {

  private static final long LIFETIME_NS = 100;
  private static final long LOAD_FROM_NS = 1_000;

  private final Workload work =
      new Workload(
          new ConnectionLife(ConnectionLife.UNLIMITED, Duration.ofNanos(LIFETIME_NS), false),
          LIFETIME_NS);

  private boolean isExpired(long nowNs) {
    return work.isExpired(nowNs, LOAD_FROM_NS);
  }

  @Test
  void aLifeThatBeganUnderLoadCountsFromItsBeginning() {
    work.born(LOAD_FROM_NS + 50);

    assertThat(isExpired(LOAD_FROM_NS + 149)).isFalse();
    assertThat(isExpired(LOAD_FROM_NS + 150)).isTrue();
  }

  @Test
  void aLifeThatBeganInTheRampCountsFromTheLoad() {
    work.born(LOAD_FROM_NS - 500);

    assertThat(isExpired(LOAD_FROM_NS)).isFalse();
    assertThat(isExpired(LOAD_FROM_NS + 99)).isFalse();
    assertThat(isExpired(LOAD_FROM_NS + 100)).isTrue();
  }

  @Test
  void aLifeIsOverOnce() {
    work.born(LOAD_FROM_NS);
    work.retire();

    assertThat(isExpired(LOAD_FROM_NS + 150)).isFalse();
  }
}
