package myriad.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets whose every response is computed, loaded for two seconds. */
class PaceTest {

  private static final double SECONDS = 2;

  private final Histogram response = new Histogram(3);
  private long due;
  private long cameBack;

  /** A message that is due at a time and comes back at another, both since the window began. */
  private void message(double dueSeconds, double backSeconds) {
    if (dueSeconds >= 0 && dueSeconds < SECONDS) {
      due++;
      response.recordValue(Math.max(0, Math.round((backSeconds - dueSeconds) * 1e9)));
    }
    if (backSeconds >= 0 && backSeconds < SECONDS) {
      cameBack++;
    }
  }

  private Pace pace(double warmupSeconds) {
    Histogram lag = new Histogram(3);
    lag.recordValueWithCount(1_000, due);
    return Pace.of(
            Duration.ofSeconds((long) SECONDS),
            warmupSeconds,
            cameBack,
            Map.of(
                LatencyKind.LAG, LatencySummary.of(lag, 0),
                LatencyKind.RESPONSE, LatencySummary.of(response, 0)))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"0,0.05", "0,0.5", "0.5,0.05", "0.02,0.05", "0.5,1.5", "0,0.00003"})
  void aTargetThatTakesItsTimeKeepsUp(double warmupSeconds, double delaySeconds) {
    for (double at = -warmupSeconds; at < SECONDS; at += 0.001) {
      message(at, at + delaySeconds);
    }
    assertThat(pace(warmupSeconds).isKept()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0,1.1", "0,2", "0,10", "0.5,1.1", "0.5,2", "0.5,5", "0.5,20", "2,1.1", "2,3"})
  void aTargetThatIsAskedForTooMuchDoesNot(double warmupSeconds, double timesItsCapacity) {
    double serviceSeconds = 0.001 * timesItsCapacity;
    double free = -warmupSeconds;
    for (double at = -warmupSeconds; at < SECONDS; at += 0.001) {
      free = Math.max(free, at) + serviceSeconds;
      message(at, free);
    }
    assertThat(pace(warmupSeconds).isKept()).isFalse();
  }

  /** Independent users of a target that takes 100 ms: 30 of them wait at once, more or less. */
  @Test
  void chanceDoesNotTurnIntoAMiss() {
    int kept = 0;
    for (int seed = 0; seed < 100; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      PaceTest run = new PaceTest();
      for (double at = -1; at < SECONDS; at -= Math.log(1 - chance.nextDouble()) / 300) {
        run.message(at, at - 0.1 * Math.log(1 - chance.nextDouble()));
      }
      kept += run.pace(1).isKept() ? 1 : 0;
    }
    assertThat(kept).as("runs of 100 that keep up").isGreaterThanOrEqualTo(99);
  }

  @Test
  void aRunWithoutAScheduleHasNoPace() {
    RunResult closed = RunResult.builder().plan(Map.of("closed-loop", "true")).build();

    assertThat(Pace.of(closed)).isEmpty();
  }

  @Test
  void tellsBothRates() {
    for (int i = 0; i < 1_000; i++) {
      message(i / 500.0, i / 250.0);
    }
    assertThat(pace(0).duePerSecond()).isEqualTo(500);
    assertThat(pace(0).cameBackPerSecond()).isEqualTo(250);
  }
}
