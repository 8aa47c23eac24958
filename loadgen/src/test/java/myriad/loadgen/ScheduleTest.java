package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void aConstantRateIsEvenAndDoesNotDrift() {
    ArrivalSchedule schedule = new ConstantSchedule(100, 100 + 60 * SECOND_NS, 3_000, 0, 1);
    long count = 0;
    long last = 0;
    for (; schedule.dueNs() != ArrivalSchedule.NEVER; schedule.advance()) {
      last = schedule.dueNs();
      count++;
    }
    assertThat(count).as("a minute at 3,000 a second, exactly").isEqualTo(180_000);
    assertThat(last).isEqualTo(100 + (long) (179_999 * (1e9 / 3_000)));
  }

  @Test
  void loopsTogetherAreAsEvenAsOne() {
    List<Long> shared = new ArrayList<>();
    for (int loop = 0; loop < 3; loop++) {
      shared.addAll(times(new ConstantSchedule(0, SECOND_NS, 1_000, loop, 3)));
    }
    Collections.sort(shared);

    assertThat(shared).isEqualTo(times(new ConstantSchedule(0, SECOND_NS, 1_000, 0, 1)));
  }

  @Test
  void withoutARateEverythingIsDueAtOnce() {
    ArrivalSchedule schedule =
        new ConstantSchedule(7, ArrivalSchedule.NEVER, Double.POSITIVE_INFINITY, 2, 5);
    for (int i = 0; i < 10; i++, schedule.advance()) {
      assertThat(schedule.dueNs()).isEqualTo(7);
    }
  }

  @Test
  void nothingIsNeverDue() {
    ArrivalSchedule nothing = ArrivalSchedule.nothing();
    nothing.advance();
    assertThat(nothing.dueNs()).isEqualTo(ArrivalSchedule.NEVER);
  }

  private static List<Long> times(ArrivalSchedule schedule) {
    List<Long> times = new ArrayList<>();
    for (; schedule.dueNs() != ArrivalSchedule.NEVER; schedule.advance()) {
      times.add(schedule.dueNs());
    }
    return times;
  }
}
