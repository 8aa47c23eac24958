package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is reported, against what is known beforehand: targets that freeze at known times, rates,
 * and arithmetic. Each is the best of three attempts, as the machine may be busy with other things.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TruthTest {

  /**
   * Set by {@code make truth}, for a machine that does nothing else: full length, full precision.
   * Without it, what scheduling delays of some 100 µs would spoil is held to wider limits.
   */
  private static final boolean QUIET = Boolean.getBoolean("myriad.truth");

  private static final int RATE_SECONDS = QUIET ? 60 : 5;

  private static final long FREEZE_NS = 1_000_000_000L;
  private static final long PERIOD_NS = 5_000_000_000L;

  /**
   * Of the messages that are due at an even rate, a fifth is due in a freeze, and waits for the
   * rest of it: longer than {@code x} seconds wait {@code 0.2 (1 - x)} of all.
   */
  @Test
  void freezesGiveTheResponseTimesThatArithmeticPredicts() throws Exception {
    Attempts.bestOfThree(
        () -> {
          try (TestServer server = freezingServer()) {
            Histogram response =
                histogram(
                    run(
                        freezePlan(server)
                            .arrivals(Arrivals.OpenLoop.constant(1_000))
                            .pipelineDepth(4)
                            .build()),
                    LatencyKind.RESPONSE);

            assertThat(response.getTotalCount()).isEqualTo(10_000);
            for (double percentile : new double[] {90, 95, 99, 99.9}) {
              double predictedMillis = 1_000 * (1 - (1 - percentile / 100) / 0.2);
              assertThat(response.getValueAtPercentile(percentile) / 1e6)
                  .as("p%s of response time, in ms", percentile)
                  .isCloseTo(predictedMillis, withinPercentage(5));
            }
            double over100Millis = 100 - response.getPercentileAtOrBelowValue(100_000_000);
            assertThat(over100Millis)
                .as("messages that waited over 100 ms, in percent")
                .isCloseTo(18, withinPercentage(5));
          }
        });
  }

  @Test
  void aClosedLoopThatHidesTheSameFreezesSaysSo() throws Exception {
    Attempts.bestOfThree(
        () -> {
          try (TestServer server = freezingServer()) {
            LoadResult result = run(freezePlan(server).build());

            assertThat(histogram(result, LatencyKind.SERVICE).getValueAtPercentile(99) / 1e6)
                .as("p99 that a closed loop sees, in ms: wrong by far")
                .isLessThan(100);
            assertThat(result.run().notes())
                .anySatisfy(
                    note -> assertThat(note).contains("closed loop hides stalls", "p99 would be"));
          }
        });
  }

  @Test
  void aConstantRateIsKeptWhereItArrives() throws Exception {
    Attempts.bestOfThree(
        () -> {
          ArrivalMeter meter = new ArrivalMeter(4);
          try (TestServer server = TestServer.serving(meter::serve)) {
            RunResult run =
                run(LoadPlan.against(server.address())
                        .connections(4)
                        .arrivals(Arrivals.OpenLoop.constant(1_000))
                        .eventLoops(1)
                        .warmup(Duration.ZERO)
                        .duration(Duration.ofSeconds(RATE_SECONDS))
                        .build())
                    .run();

            assertThat(run.errors()).isZero();
            assertThat(meter.messages())
                .as("messages that arrived in %d s", RATE_SECONDS)
                .isEqualTo(1_000L * RATE_SECONDS);
            assertThat(meter.perSecond())
                .as("rate at which they arrived")
                .isCloseTo(1_000, within(QUIET ? 1.0 : 5.0));
          }
        });
  }

  private static LoadPlan.Builder freezePlan(TestServer server) {
    return LoadPlan.against(server.address())
        .connections(20)
        .eventLoops(1)
        .warmup(Duration.ofSeconds(1))
        .duration(Duration.ofSeconds(10));
  }

  /** Answers nothing in the first second of every five. */
  private static TestServer freezingServer() throws Exception {
    long startNs = System.nanoTime() + FREEZE_NS;
    return TestServer.serving(
        (bytes, length, connection) -> {
          long leftNs = FREEZE_NS - Math.floorMod(System.nanoTime() - startNs, PERIOD_NS);
          while (leftNs > 0) {
            LockSupport.parkNanos(leftNs);
            leftNs = FREEZE_NS - Math.floorMod(System.nanoTime() - startNs, PERIOD_NS);
          }
          TestServer.echo(bytes, length, connection);
        });
  }

  private static LoadResult run(LoadPlan plan) throws HostLimitException {
    return new LoadRun(plan, progress -> {}).run();
  }

  private static Histogram histogram(LoadResult result, LatencyKind kind) {
    return Objects.requireNonNull(result.histograms().measured().get(kind));
  }

  /** Notes when messages arrive, but for the first of each connection, which precedes the load. */
  private static final class ArrivalMeter {

    private static final int MESSAGE_BYTES = 64;

    private final long ignoredBytes;
    private final AtomicLong bytesSeen = new AtomicLong();
    private final AtomicLong firstNs = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong lastNs = new AtomicLong(Long.MIN_VALUE);

    ArrivalMeter(int connections) {
      ignoredBytes = (long) connections * MESSAGE_BYTES;
    }

    void serve(byte[] bytes, int length, Socket connection) throws java.io.IOException {
      long nowNs = System.nanoTime();
      if (bytesSeen.addAndGet(length) > ignoredBytes) {
        firstNs.accumulateAndGet(nowNs, Math::min);
        lastNs.accumulateAndGet(nowNs, Math::max);
      }
      TestServer.echo(bytes, length, connection);
    }

    long messages() {
      return (bytesSeen.get() - ignoredBytes) / MESSAGE_BYTES;
    }

    double perSecond() {
      return (messages() - 1) / ((lastNs.get() - firstNs.get()) / 1e9);
    }
  }
}
