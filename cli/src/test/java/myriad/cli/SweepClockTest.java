package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SweepClockTest {

  @Test
  void laterRunsTakeAsLongAsThoseBefore() {
    AtomicLong nowNs = new AtomicLong(1_000);
    SweepClock clock = new SweepClock(4, Duration.ofSeconds(6), nowNs::get);
    assertThat(clock.begin()).isEqualTo(1);
    assertThat(clock.laterRuns()).isEqualTo(Duration.ofSeconds(18));
    nowNs.addAndGet(Duration.ofSeconds(8).toNanos());
    assertThat(clock.begin()).isEqualTo(2);
    assertThat(clock.laterRuns()).isEqualTo(Duration.ofSeconds(16));
    nowNs.addAndGet(Duration.ofSeconds(4).toNanos());
    assertThat(clock.begin()).isEqualTo(3);
    assertThat(clock.laterRuns()).isEqualTo(Duration.ofSeconds(6));
    assertThat(clock.begin()).isEqualTo(4);
    assertThat(clock.laterRuns()).isZero();
  }
}
