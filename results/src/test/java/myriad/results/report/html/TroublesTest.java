package myriad.results.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import myriad.results.Counter;
import myriad.results.Interval;
import org.junit.jupiter.api.Test;

class TroublesTest {

  private static Interval interval(
      long errors, Map<Counter, Long> kinds, double lagMillis, long gcMillis, double stallMillis) {
    return new Interval(
        1,
        1,
        Interval.Phase.MEASURE,
        10,
        10,
        0,
        1_000,
        errors,
        50_000,
        90_000,
        100_000,
        90_000,
        Math.round(lagMillis * 1e6),
        null,
        0.5,
        kinds,
        0.5,
        gcMillis,
        stallMillis,
        50_000,
        40_000);
  }

  @Test
  void whatIsShortIsNotMarked() {
    assertThat(Troubles.of(List.of(interval(0, Map.of(), 9.9, 9, 9.9))))
        .isEqualTo(new Troubles(List.of(), List.of()));
  }

  @Test
  void errorsAreMarkedByKindAndPausesByLength() {
    assertThat(
            Troubles.of(
                List.of(
                    interval(
                        1_203, Map.of(Counter.RESET, 1_200L, Counter.CORRUPT, 3L), 31, 12, 25))))
        .isEqualTo(
            new Troubles(
                List.of("1,200 reset", "3 corrupt"),
                List.of("GC 12 ms", "stall 25 ms", "late 31 ms")));
  }

  /** Where a chart has fewer columns than the run has seconds, none of them is lost. */
  @Test
  void aStretchHasTheTroublesOfAllItsSeconds() {
    assertThat(
            Troubles.of(
                List.of(
                    interval(2, Map.of(Counter.RESET, 2L), 0, 0, 0),
                    interval(0, Map.of(), 0, 40, 0),
                    interval(3, Map.of(Counter.RESET, 3L), 0, 15, 0))))
        .isEqualTo(new Troubles(List.of("5 reset"), List.of("GC 40 ms")));
  }

  /** Files of before kinds were kept. */
  @Test
  void errorsOfUnknownKindAreMarkedToo() {
    assertThat(Troubles.of(List.of(interval(7, Map.of(), 0, 0, 0))))
        .isEqualTo(new Troubles(List.of("7 errors"), List.of()));
  }
}
