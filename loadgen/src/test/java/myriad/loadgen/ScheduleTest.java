package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import myriad.loadgen.Arrivals.Spacing;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void aConstantRateIsEvenAndDoesNotDrift() {
    ArrivalSchedule schedule = even(3_000, 100, 100 + 60 * SECOND_NS, 0, 1);
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
      shared.addAll(times(even(1_000, 0, SECOND_NS, loop, 3)));
    }
    Collections.sort(shared);

    assertThat(shared).isEqualTo(times(even(1_000, 0, SECOND_NS, 0, 1)));
  }

  @Test
  void withoutARateEverythingIsDueAtOnce() {
    ArrivalSchedule schedule = ArrivalSchedule.atOnce(7);
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

  @Test
  void aRampIsDueWhenItsIntegralSaysSo() {
    // 0 to 100 a second over 10 s: n messages are due after sqrt(n / 5) seconds; 500 in all.
    RateProfile ramp = RateProfile.stages(List.of(stage(10, 100)), true);
    List<Long> times = times(schedule(ramp, Spacing.CONSTANT, 0, 0, 1));

    assertThat(times).hasSize(500);
    for (int n = 0; n < 500; n++) {
      assertThat(times.get(n) / 1e9).isCloseTo(Math.sqrt(n / 5.0), within(1e-6));
    }
  }

  @Test
  void stagesFollowOneAnother() {
    RateProfile profile =
        RateProfile.stages(List.of(stage(1, 100), stage(2, 100), stage(1, 0)), true);
    List<Long> times = times(schedule(profile, Spacing.CONSTANT, 0, 0, 1));

    assertThat(times).as("50 going up, 200 at the top, 50 going down").hasSizeBetween(299, 301);
    assertThat(times).isSorted();
    assertThat(profile.perSecondAt(Duration.ofMillis(500))).isCloseTo(50, within(1e-9));
    assertThat(profile.perSecondAt(Duration.ofSeconds(2))).isCloseTo(100, within(1e-9));
    assertThat(profile.perSecondAt(Duration.ofMillis(3_750))).isCloseTo(25, within(1e-9));
    assertThat(profile.countUntil(Duration.ofSeconds(4))).isCloseTo(300, within(1e-6));
  }

  @Test
  void stepsKeepTheRateOfTheirStage() {
    RateProfile profile = RateProfile.stages(List.of(stage(1, 10), stage(1, 1_000)), false);
    List<Long> times = times(schedule(profile, Spacing.CONSTANT, 0, 0, 1));

    assertThat(times.stream().filter(t -> t < SECOND_NS)).hasSize(10);
    assertThat(times).hasSize(1_010);
  }

  @Test
  void aConnectionRampGoesOnAtItsLastRate() {
    ConnectionRamp linear = ConnectionRamp.stages(List.of(stage(2, 100)), true);
    List<Long> times = times(linear.schedule(0, 0, 1), 4 * SECOND_NS);

    assertThat(times.stream().filter(t -> t < 2 * SECOND_NS)).as("0 to 100/s in 2 s").hasSize(100);
    assertThat(times).as("and 100/s from then on").hasSizeBetween(299, 301);
    assertThat(linear.opens(1_000_000)).isTrue();
  }

  @Test
  void aConnectionRampInStepsIsSharedByLoops() {
    ConnectionRamp steps = ConnectionRamp.stages(List.of(stage(1, 10), stage(1, 100)), false);
    List<Long> shared = new ArrayList<>();
    for (int loop = 0; loop < 3; loop++) {
      shared.addAll(times(steps.schedule(0, loop, 3), 2 * SECOND_NS));
    }
    Collections.sort(shared);

    assertThat(shared.stream().filter(t -> t < SECOND_NS)).hasSize(10);
    assertThat(shared).isEqualTo(times(steps.schedule(0, 0, 1), 2 * SECOND_NS)).hasSize(110);
  }

  @Test
  void aStageWithoutLoadIsPassedOver() {
    RateProfile profile =
        RateProfile.stages(List.of(stage(1, 10), stage(5, 0), stage(1, 10)), false);
    List<Long> times = times(schedule(profile, Spacing.CONSTANT, 0, 0, 1));

    assertThat(times).hasSize(20);
    assertThat(times.get(10)).isEqualTo(6 * SECOND_NS);
  }

  /**
   * Kolmogorov–Smirnov: the distances of a Poisson process are exponential. The largest gap between
   * the two distribution functions, times the root of the sample's size, is over 1.63 in 1 % of
   * samples. Of 40 samples more than 3 are over it with probability 0.0006; as the seeds are fixed,
   * the test is the same every time.
   */
  @Test
  void distancesOfPoissonArrivalsAreExponential() {
    long rejected =
        LongStream.range(0, 40).filter(seed -> scaledGap(distances(seed)) > 1.63).count();

    assertThat(rejected).as("samples of 40 that a test at 1 % rejects").isLessThanOrEqualTo(3);
  }

  @Test
  void poissonArrivalsKeepTheirRateOnTheWhole() {
    assertThat(distances(7).length)
        .as("a Poisson count of 20,000, within 4 sigma")
        .isBetween(19_434, 20_566);
  }

  /** Sorted distances, in messages, of 20 s at 1,000 a second on two loops together. */
  private static double[] distances(long seed) {
    List<Long> merged = new ArrayList<>();
    for (int loop = 0; loop < 2; loop++) {
      RateProfile rate = RateProfile.constant(1_000);
      merged.addAll(times(schedule(rate, Spacing.POISSON, seed, loop, 2), 20 * SECOND_NS));
    }
    Collections.sort(merged);
    double[] distances = new double[merged.size() - 1];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = (merged.get(i + 1) - merged.get(i)) / 1e6;
    }
    Arrays.sort(distances);
    return distances;
  }

  private static double scaledGap(double[] sorted) {
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      double expected = 1 - Math.exp(-sorted[i]);
      largest = Math.max(largest, Math.abs(expected - (i + 0.5) / sorted.length));
    }
    return largest * Math.sqrt(sorted.length);
  }

  @Test
  void aSeedRepeatsASchedule() {
    RateProfile rate = RateProfile.constant(1_000);
    List<Long> first = times(schedule(rate, Spacing.POISSON, 42, 0, 1), SECOND_NS);

    assertThat(times(schedule(rate, Spacing.POISSON, 42, 0, 1), SECOND_NS)).isEqualTo(first);
    assertThat(times(schedule(rate, Spacing.POISSON, 43, 0, 1), SECOND_NS)).isNotEqualTo(first);
  }

  private static RateProfile.Stage stage(int seconds, double perSecond) {
    return new RateProfile.Stage(Duration.ofSeconds(seconds), perSecond);
  }

  private static ArrivalSchedule even(
      double perSecond, long startNs, long untilNs, int loop, int loops) {
    return new ProfileSchedule(
        RateProfile.constant(perSecond), Spacing.CONSTANT, 0, startNs, untilNs, loop, loops);
  }

  private static ArrivalSchedule schedule(
      RateProfile rate, Spacing spacing, long seed, int loop, int loops) {
    return new ProfileSchedule(rate, spacing, seed, 0, ArrivalSchedule.NEVER, loop, loops);
  }

  private static List<Long> times(ArrivalSchedule schedule, long untilNs) {
    List<Long> times = new ArrayList<>();
    for (; schedule.dueNs() < untilNs; schedule.advance()) {
      times.add(schedule.dueNs());
    }
    return times;
  }

  private static List<Long> times(ArrivalSchedule schedule) {
    List<Long> times = new ArrayList<>();
    for (; schedule.dueNs() != ArrivalSchedule.NEVER; schedule.advance()) {
      times.add(schedule.dueNs());
    }
    return times;
  }
}
