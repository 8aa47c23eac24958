package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import myriad.loadgen.GeneratorHealth.Evidence;
import myriad.results.GeneratorUsage;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.ServerUsage;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GeneratorHealthTest {

  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final LoadPlan.Builder PLAN =
      LoadPlan.against(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7));
  private static final LoadPlan CLOSED = PLAN.build();
  private static final LoadPlan OPEN = PLAN.arrivals(Arrivals.OpenLoop.constant(100)).build();

  @Test
  void aScheduleKeptIsValidHoweverSlowTheServer() {
    assertThat(open(1_000, 50_000, 900_000_000).kind()).isEqualTo(Verdict.Kind.VALID);
  }

  @Test
  void lagOfTheSizeOfTheResponseTimeIsInvalid() {
    Verdict verdict = open(1_000, 5_000_000, 6_000_000);

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INVALID);
    assertThat(verdict.reasons()).singleElement().asString().contains("generator late", "5.0");
  }

  @Test
  void lagThatIsSmallAgainstTheResponseTimeIsTolerated() {
    assertThat(open(1_000, 5_000_000, 900_000_000).kind()).isEqualTo(Verdict.Kind.VALID);
  }

  @Test
  void messagesThatNeverLeftTheScheduleAreInvalid() {
    Verdict verdict = open(980, 20, 1_000, 1_000_000);

    assertThat(verdict.reasons()).singleElement().asString().contains("980 of 1,000 due messages");
  }

  @Test
  void aBusyLoopBeforeAnIdleServerIsInvalid() {
    Verdict verdict = closed(0.97, server(5.0));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INVALID);
    assertThat(verdict.reasons())
        .singleElement()
        .asString()
        .contains("generator saturated", "97 %", "0.50 cores");
  }

  @Test
  void aBusyLoopBeforeABusyServerIsValid() {
    assertThat(closed(0.99, server(9.8)).kind()).isEqualTo(Verdict.Kind.VALID);
  }

  @Test
  void aBusyLoopBeforeAnUnknownServerIsInvalidForItCannotBeTold() {
    assertThat(closed(0.99, null).reasons()).singleElement().asString().contains("--server-pid");
  }

  @Test
  void aPhaseSampledOnlyInPartIsInvalid() {
    Verdict verdict =
        GeneratorHealth.judge(
            CLOSED, new Evidence(MEASURED, 0.4, Map.of(), 0, generator(0.2), null));

    assertThat(verdict.reasons()).singleElement().asString().contains("host too busy", "40 %");
  }

  @Test
  void aLoopWithTimeToSpareIsValid() {
    assertThat(closed(0.94, null).kind()).isEqualTo(Verdict.Kind.VALID);
  }

  private static Verdict open(int dispatched, long lagNs, long responseNs) {
    return open(dispatched, 0, lagNs, responseNs);
  }

  private static Verdict open(int dispatched, long notDispatched, long lagNs, long responseNs) {
    return GeneratorHealth.judge(
        OPEN,
        new Evidence(
            MEASURED,
            1,
            Map.of(
                LatencyKind.LAG, summary(dispatched, lagNs),
                LatencyKind.RESPONSE, summary(dispatched, responseNs)),
            notDispatched,
            generator(0.5),
            null));
  }

  private static Verdict closed(double busy, @Nullable ServerUsage server) {
    return GeneratorHealth.judge(
        CLOSED, new Evidence(MEASURED, 1.05, Map.of(), 0, generator(busy), server));
  }

  private static LatencySummary summary(int count, long valueNs) {
    Histogram histogram = LatencyRecorder.newHistogram();
    histogram.recordValueWithCount(valueNs, count);
    return LatencySummary.of(histogram, 0);
  }

  private static GeneratorUsage generator(double busiest) {
    return new GeneratorUsage(1, 0, 0, busiest, Map.of());
  }

  private static ServerUsage server(double cpuSeconds) {
    return new ServerUsage(cpuSeconds, 0, 0, 1, 10, 0, null, Map.of());
  }
}
