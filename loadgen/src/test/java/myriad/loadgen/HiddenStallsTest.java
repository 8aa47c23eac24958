package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HiddenStallsTest {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final LoadPlan.Builder PLAN =
      LoadPlan.against(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7));
  private static final LoadPlan CLOSED = PLAN.build();
  private static final LoadPlan OPEN = PLAN.arrivals(Arrivals.OpenLoop.constant(100)).build();

  @Test
  void correctsAsHdrHistogramDoes() {
    Histogram service = mostly(100 * MICRO, 50_000);
    service.recordValueWithCount(40 * MILLI, 3);
    service.recordValueWithCount(700 * MILLI, 2);
    Histogram corrected = service.copyCorrectedForCoordinatedOmission(100 * MICRO);

    for (double percentile : new double[] {90, 95, 99, 99.9}) {
      assertThat(HiddenStalls.of(service, 100 * MICRO).correctedNs(percentile))
          .as("p%s", percentile)
          .isCloseTo((double) corrected.getValueAtPercentile(percentile), withinPercentage(1));
    }
  }

  @Test
  void stallsBetweenFastEchoesAreTold() {
    Histogram service = mostly(100 * MICRO, 40_000);
    service.recordValue(1_000 * MILLI);

    Optional<String> note = HiddenStalls.note(CLOSED, service);

    assertThat(note).get().asString().contains("for up to 1,00", "p99 would be");
  }

  @Test
  void anOpenLoopHidesNothing() {
    Histogram service = mostly(100 * MICRO, 40_000);
    service.recordValue(1_000 * MILLI);

    assertThat(HiddenStalls.note(OPEN, service)).isEmpty();
  }

  @Test
  void aTargetThatIsAlwaysSlowHidesNothing() {
    assertThat(HiddenStalls.note(CLOSED, mostly(500 * MILLI, 1_000))).isEmpty();
  }

  @Test
  void aPercentileThatAlreadyShowsTheStallsIsNotNoted() {
    Histogram service = mostly(50 * MILLI, 90);
    service.recordValueWithCount(1_000 * MILLI, 20);

    assertThat(HiddenStalls.note(CLOSED, service)).isEmpty();
  }

  @Test
  void ordinaryJitterIsNotNoted() {
    Histogram service = mostly(50 * MICRO, 990_000);
    service.recordValueWithCount(500 * MICRO, 9_900);
    service.recordValueWithCount(4 * MILLI, 100);

    assertThat(HiddenStalls.note(CLOSED, service)).isEmpty();
  }

  @Test
  void thinkTimeCountsAsPartOfARound() {
    Histogram service = mostly(100 * MICRO, 4_000);
    service.recordValueWithCount(20 * MILLI, 4);
    LoadPlan thinking = PLAN.arrivals(new Arrivals.ClosedLoop(Duration.ofMillis(10))).build();

    assertThat(HiddenStalls.note(CLOSED, service)).isPresent();
    assertThat(HiddenStalls.note(thinking, service))
        .as("20 ms are two rounds only: eight messages of four thousand")
        .isEmpty();
  }

  private static Histogram mostly(long valueNs, int count) {
    Histogram histogram = LatencyRecorder.newHistogram();
    histogram.recordValueWithCount(valueNs, count);
    return histogram;
  }
}
