package myriad.results.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import myriad.results.Interval;
import org.junit.jupiter.api.Test;

class TroublesTest {

  private static Interval interval(long errors, double lagMillis) {
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
        0.5);
  }

  @Test
  void whatIsShortIsNotMarked() {
    assertThat(Troubles.of(List.of(interval(0, 9.9)))).isEmpty();
  }

  /** Where a chart has fewer columns than the run has seconds, no trouble is lost. */
  @Test
  void aStretchHasTheTroublesOfAllItsSeconds() {
    assertThat(Troubles.of(List.of(interval(1_200, 0), interval(0, 31), interval(3, 15))))
        .containsExactly("1,203 errors", "late 31 ms");
  }
}
