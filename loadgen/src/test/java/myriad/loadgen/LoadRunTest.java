package myriad.loadgen;

import static myriad.loadgen.Loads.counter;
import static myriad.loadgen.Loads.latency;
import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import myriad.results.Counter;
import myriad.results.Interval;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoadRunTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 11, 12, 13, 64, 1000, 65_548, 1_048_576})
  void everySizeOfMessageComesBackWhole(int bytes) throws Exception {
    try (TestServer server = TestServer.echo()) {
      RunResult run = run(shortPlan(server.address()).connections(3).messageBytes(bytes).build());

      assertThat(run.errors()).isZero();
      assertThat(run.messages()).isPositive();
      assertThat(counter(run, Counter.BYTES_SENT))
          .isEqualTo(counter(run, Counter.MESSAGES_SENT) * bytes);
    }
  }

  @Test
  void constantRateSendsWhatWasAskedFor() throws Exception {
    try (TestServer server = TestServer.echo()) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(10)
                  .arrivals(Arrivals.OpenLoop.constant(1_000))
                  .duration(Duration.ofSeconds(2))
                  .eventLoops(2)
                  .build());

      assertThat(latency(run, LatencyKind.LAG).count())
          .as("messages due in 2 s at 1,000 a second")
          .isEqualTo(2_000);
      assertThat(latency(run, LatencyKind.RESPONSE).count()).isEqualTo(2_000);
      assertThat(run.errors()).isZero();
    }
  }

  @Test
  void aFreezeShowsInResponseTimeAndNotInServiceTime() throws Exception {
    Attempts.bestOfThree(LoadRunTest::measureAFreeze);
  }

  private static void measureAFreeze() throws Exception {
    long fromNs = System.nanoTime() + 2_000_000_000L;
    try (TestServer server = TestServer.freezingBetween(fromNs, fromNs + 1_000_000_000L)) {
      RunResult run =
          run(
              LoadPlan.against(server.address())
                  .connections(10)
                  .arrivals(Arrivals.OpenLoop.constant(1_000))
                  .warmup(Duration.ofMillis(500))
                  .duration(Duration.ofSeconds(5))
                  .build());

      // Of 5,000 messages 1,000 were due in the freeze, and waited between 1 s and nothing, evenly:
      // 1 % of all waited longer than 950 ms. Only one message a connection met it on the wire.
      assertThat(latency(run, LatencyKind.RESPONSE).p99Ns() / 1e6)
          .as("p99 of response time, in ms")
          .isCloseTo(950, within(40.0));
      assertThat(latency(run, LatencyKind.SERVICE).p99Ns() / 1e6)
          .as("p99 of service time, in ms")
          .isLessThan(100);
      assertThat(latency(run, LatencyKind.SERVICE).maxNs() / 1e6)
          .as("longest service time, in ms: the message that was on the wire")
          .isGreaterThan(900);
    }
  }

  @Test
  void anInterruptedRunKeepsWhatItMeasured() throws Exception {
    try (TestServer server = TestServer.echo()) {
      AtomicLong measuring = new AtomicLong();
      LoadRun[] self = new LoadRun[1];
      self[0] =
          new LoadRun(
              shortPlan(server.address()).duration(Duration.ofMinutes(10)).build(),
              progress -> {
                if (progress.phase() == Interval.Phase.MEASURE
                    && measuring.incrementAndGet() == 4) {
                  self[0].interrupt();
                }
              });
      RunResult run = self[0].run().run();

      assertThat(run.outcome()).isEqualTo(Outcome.PARTIAL);
      assertThat(run.messages()).isPositive();
      assertThat(run.measured()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(20));
    }
  }

  /** Idle, as that needs no message to have come back to be judged. */
  @Test
  void aRunThatIsInterruptedBeforeItMeasuresHasNoVerdict() throws Exception {
    try (TestServer server = TestServer.echo()) {
      LoadRun[] self = new LoadRun[1];
      self[0] =
          new LoadRun(
              shortPlan(server.address())
                  .arrivals(new Arrivals.Idle())
                  .warmup(Duration.ofMinutes(10))
                  .build(),
              progress -> {
                if (progress.phase() == Interval.Phase.WARMUP) {
                  self[0].interrupt();
                }
              });
      RunResult run = self[0].run().run();

      assertThat(run.outcome()).isEqualTo(Outcome.PARTIAL);
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.NONE);
      assertThat(run.verdict().reasons()).containsExactly("nothing was measured");
    }
  }

  @Test
  void connectsKeepTheirRate() throws Exception {
    try (TestServer server = TestServer.echo()) {
      long startNs = System.nanoTime();
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(100)
                  .connectsPerSecond(100)
                  .warmup(Duration.ZERO)
                  .duration(Duration.ofMillis(100))
                  .build());

      assertThat(System.nanoTime() - startNs)
          .as("100 connections at 100 a second, and 100 ms of load")
          .isGreaterThan(1_000_000_000L);
      assertThat(run.connections().open()).isEqualTo(100);
    }
  }

  @Test
  void connectsFollowTheirStages() throws Exception {
    try (TestServer server = TestServer.echo()) {
      RateProfile.Stage toAHundred = new RateProfile.Stage(Duration.ofSeconds(1), 100);
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(100)
                  .ramp(ConnectionRamp.stages(List.of(toAHundred), true))
                  .warmup(Duration.ZERO)
                  .duration(Duration.ofMillis(100))
                  .build());

      assertThat(run.connections().open()).isEqualTo(100);
      double connecting =
          run.intervals().stream()
              .filter(interval -> interval.phase() == Interval.Phase.CONNECT)
              .mapToDouble(Interval::lengthSeconds)
              .sum();
      assertThat(connecting)
          .as("50 connections in the second of the ramp, 50 in half a second after it")
          .isBetween(1.4, 10.0);
      assertThat(run.plan())
          .containsEntry("connect-stages", "1s:100/s")
          .containsEntry("connect-shape", "ramp");
    }
  }

  @Test
  void idleConnectionsAreOpenedAndLeftAlone() throws Exception {
    try (TestServer server = TestServer.echo()) {
      RunResult run =
          run(shortPlan(server.address()).connections(200).arrivals(new Arrivals.Idle()).build());

      assertThat(run.connections().open()).isEqualTo(200);
      assertThat(counter(run, Counter.MESSAGES_SENT))
          .as("one on each, to see it served")
          .isEqualTo(200);
      assertThat(run.messages()).isZero();
      assertThat(run.verdict().kind())
          .as("judged, though nothing was sent; a busy host may have stalled it")
          .isNotEqualTo(Verdict.Kind.NONE);
    }
  }

  @Test
  void intervalsCoverTheRunWithoutGaps() throws Exception {
    try (TestServer server = TestServer.echo()) {
      LoadResult result =
          new LoadRun(
                  shortPlan(server.address()).duration(Duration.ofSeconds(3)).build(),
                  progress -> {})
              .run();

      double at = 0;
      for (Interval interval : result.run().intervals()) {
        assertThat(interval.startSeconds()).isCloseTo(at, within(1e-6));
        at = interval.startSeconds() + interval.lengthSeconds();
      }
      long recorded =
          result.histograms().intervals().stream()
              .mapToLong(i -> count(i, LatencyKind.SERVICE))
              .sum();
      assertThat(recorded)
          .as("the intervals' histograms add up to the whole")
          .isEqualTo(latency(result.run(), LatencyKind.SERVICE).count());
    }
  }

  private static long count(Map<LatencyKind, Histogram> histograms, LatencyKind kind) {
    Histogram histogram = histograms.get(kind);
    return histogram == null ? 0 : histogram.getTotalCount();
  }
}
