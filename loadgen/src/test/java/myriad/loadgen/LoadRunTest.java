package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.Interval;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoadRunTest {

  private static final LoadProgress.Listener NOBODY = progress -> {};

  @ParameterizedTest
  @EnumSource(Transport.class)
  void closedLoopKeepsOneMessageUnderWayOnEveryConnection(Transport transport) throws Exception {
    try (TestServer server = TestServer.echo()) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(50)
                  .transport(transport)
                  .eventLoops(2)
                  .build());

      assertThat(run.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(run.connections().open()).isEqualTo(50);
      assertThat(latency(run, LatencyKind.CONNECT).count()).isEqualTo(50);
      assertThat(run.errors()).isZero();
      assertThat(run.messages()).isPositive();
      assertThat(counter(run, Counter.MESSAGES_SENT))
          .as("in a closed loop everything that was sent comes back before the end")
          .isEqualTo(counter(run, Counter.MESSAGES_ECHOED));
      assertThat(run.counters()).doesNotContainKey(Counter.UNANSWERED_AT_END);
    }
  }

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
  void aByteThatDiffersIsCorrupt() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              if (reads.incrementAndGet() == 50) {
                bytes[length - 1] ^= 1;
              }
              TestServer.echo(bytes, length, connection);
            })) {
      RunResult run = run(shortPlan(server.address()).connections(4).build());

      assertThat(counter(run, Counter.CORRUPT)).isEqualTo(1);
      assertThat(run.errors()).isEqualTo(1);
      assertThat(onlyError(run).counter()).isEqualTo(Counter.CORRUPT);
      assertThat(onlyError(run).connection()).isBetween(0, 3);
      assertThat(onlyError(run).example())
          .matches("byte 63 of message [0-9,]+ came as 0x[0-9a-f]{2}, not as 0x[0-9a-f]{2}");
      assertThat(run.outcome()).isEqualTo(Outcome.TARGET_FAILED);
    }
  }

  @Test
  void withoutVerificationACorruptByteIsNotSeen() throws Exception {
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              bytes[length - 1] ^= 1;
              TestServer.echo(bytes, length, connection);
            })) {
      RunResult run = run(shortPlan(server.address()).connections(4).verify(false).build());

      assertThat(run.errors()).isZero();
      assertThat(run.plan()).containsEntry("no-verify", "true");
    }
  }

  @Test
  void bytesThatWereNeverSentAreSurplus() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              TestServer.echo(bytes, length, connection);
              if (reads.incrementAndGet() == 1) {
                connection.getOutputStream().write(new byte[7]);
              }
            })) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(1)
                  .arrivals(new Arrivals.ClosedLoop(Duration.ofMillis(50)))
                  .build());

      assertThat(counter(run, Counter.SURPLUS) + counter(run, Counter.CORRUPT)).isPositive();
      assertThat(run.outcome()).isEqualTo(Outcome.TARGET_FAILED);
    }
  }

  @Test
  void anEchoCutOffInItsMiddleIsTruncated() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              boolean cut = reads.incrementAndGet() == 50;
              TestServer.echo(bytes, cut ? length / 2 : length, connection);
              if (cut) {
                connection.close();
              }
            })) {
      RunResult run = run(shortPlan(server.address()).connections(4).build());

      assertThat(counter(run, Counter.TRUNCATED)).isEqualTo(1);
      assertThat(onlyError(run).example()).contains("end of stream", "1 messages under way");
      assertThat(run.connections().lost()).isEqualTo(1);
    }
  }

  @Test
  void anEchoAfterItsTimeoutIsLateAndStillMeasured() throws Exception {
    AtomicLong lateFromNs = new AtomicLong();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              long nowNs = System.nanoTime();
              if (!lateFromNs.compareAndSet(0, nowNs + 200_000_000L) && nowNs > lateFromNs.get()) {
                lateFromNs.set(Long.MAX_VALUE);
                LockSupport.parkNanos(300_000_000L);
              }
              TestServer.echo(bytes, length, connection);
            })) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(1)
                  .warmup(Duration.ZERO)
                  .replyTimeout(Duration.ofMillis(150))
                  .duration(Duration.ofSeconds(1))
                  .build());

      assertThat(counter(run, Counter.REPLY_TIMED_OUT)).isEqualTo(1);
      assertThat(counter(run, Counter.LATE)).isEqualTo(1);
      assertThat(latency(run, LatencyKind.SERVICE).maxNs()).isGreaterThan(290_000_000L);
    }
  }

  @Test
  void aTargetThatRefusesIsCountedAndFails() throws Exception {
    InetSocketAddress nobody = addressWithoutListener();
    RunResult run = run(shortPlan(nobody).connections(5).build());

    assertThat(run.outcome()).isEqualTo(Outcome.TARGET_FAILED);
    assertThat(counter(run, Counter.CONNECT_REFUSED)).isEqualTo(5);
    assertThat(run.connections().failed()).isEqualTo(5);
    assertThat(run.messages()).isZero();
    ErrorKind refused = onlyError(run);
    assertThat(refused.counter()).isEqualTo(Counter.CONNECT_REFUSED);
    assertThat(refused.count()).isEqualTo(5);
    assertThat(refused.firstSeconds()).isBetween(0.0, 5.0);
    assertThat(refused.address()).isEqualTo("127.0.0.1:" + nobody.getPort());
    assertThat(refused.example()).containsIgnoringCase("connection refused");
    assertThat(refused.remedy()).contains("start the target");
    assertThat(run.intervals())
        .as("count over time")
        .anySatisfy(
            interval ->
                assertThat(interval.errorsByKind()).containsEntry(Counter.CONNECT_REFUSED, 5L));
  }

  @Test
  void aTargetThatResetsIsCounted() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              if (reads.incrementAndGet() == 50) {
                connection.setSoLinger(true, 0);
                connection.close();
              } else {
                TestServer.echo(bytes, length, connection);
              }
            })) {
      RunResult run = run(shortPlan(server.address()).connections(4).build());

      assertThat(onlyError(run).counter()).isEqualTo(Counter.RESET);
      assertThat(onlyError(run).example()).containsIgnoringCase("reset");
    }
  }

  @Test
  void aTargetThatClosesEarlyIsCounted() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              if (reads.incrementAndGet() == 50) {
                connection.close();
              } else {
                TestServer.echo(bytes, length, connection);
              }
            })) {
      RunResult run = run(shortPlan(server.address()).connections(4).build());

      assertThat(onlyError(run).counter()).isEqualTo(Counter.CLOSED_EARLY);
      assertThat(onlyError(run).remedy()).contains("--reconnect");
    }
  }

  @Test
  void aTargetThatDoesNotTakeConnectionsTimesOut() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RunResult run =
          run(
              shortPlan((InetSocketAddress) full.getLocalSocketAddress())
                  .connections(10)
                  .connectTimeout(Duration.ofMillis(300))
                  .replyTimeout(Duration.ofMillis(600))
                  .build());

      ErrorKind timedOut = onlyError(run);
      assertThat(timedOut.counter()).isEqualTo(Counter.CONNECT_TIMED_OUT);
      assertThat(timedOut.count()).isBetween(1L, 9L);
      assertThat(run.notes())
          .anySatisfy(note -> assertThat(note).contains("listen queue was full"));
    }
  }

  /** A class E address: the kernel knows no way there, so nothing leaves the host. */
  @Test
  void aTargetWithoutARouteIsUnreachable() throws Exception {
    RunResult run = run(shortPlan(new InetSocketAddress("255.255.255.255", 7)).build());

    assertThat(onlyError(run).counter()).isIn(Counter.CONNECT_UNREACHABLE, Counter.CONNECT_FAILED);
  }

  @Test
  void aTargetThatDiesMidRunLeavesWhatWasMeasured() throws Exception {
    TestServer server = TestServer.echo();
    LoadRun run =
        new LoadRun(
            shortPlan(server.address()).connections(20).duration(Duration.ofSeconds(30)).build(),
            closeAfter(server, 1.0));
    RunResult result = run.run().run();

    assertThat(result.outcome()).isEqualTo(Outcome.TARGET_FAILED);
    assertThat(result.messages()).as("what came back before it died").isPositive();
    assertThat(result.measured()).isLessThan(Duration.ofSeconds(10));
    assertThat(result.connections().lost()).isEqualTo(20);
  }

  @Test
  void connectionsThatAreNeverServedAreTold() throws Exception {
    try (ServerSocket backlogOnly = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
      RunResult run =
          run(
              shortPlan((InetSocketAddress) backlogOnly.getLocalSocketAddress())
                  .connections(3)
                  .replyTimeout(Duration.ofMillis(200))
                  .build());

      assertThat(counter(run, Counter.NEVER_SERVED)).isEqualTo(3);
      assertThat(run.notes())
          .anySatisfy(note -> assertThat(note).contains("0 of 3", "3 never served"));
      assertThat(run.outcome()).isEqualTo(Outcome.TARGET_FAILED);
    }
  }

  @Test
  void aSilentTargetTimesOutOnceForEachMessage() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              if (reads.incrementAndGet() <= 20) {
                TestServer.echo(bytes, length, connection);
              }
            })) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(2)
                  .replyTimeout(Duration.ofMillis(200))
                  .duration(Duration.ofSeconds(1))
                  .build());

      assertThat(counter(run, Counter.REPLY_TIMED_OUT)).isEqualTo(2);
      assertThat(onlyError(run).firstSeconds())
          .as("a reply timeout after the first message that was not answered")
          .isGreaterThan(0.2);
      assertThat(counter(run, Counter.UNANSWERED_AT_END)).isEqualTo(2);
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
  void aConnectionThatCarriedItsMessagesIsReplaced() throws Exception {
    try (TestServer server = TestServer.echo()) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(5)
                  .warmup(Duration.ZERO)
                  .life(new ConnectionLife(4, Duration.ZERO, false))
                  .build());

      long replacements = run.connections().attempted() - 5;
      long loadMessages = counter(run, Counter.MESSAGES_ECHOED) - 5;
      assertThat(run.errors()).isZero();
      assertThat(run.connections().open()).isBetween(1, 5);
      assertThat(replacements)
          .as("replacements for %d messages at 4 a connection", loadMessages)
          .isBetween(loadMessages / 4 - 5, loadMessages / 4 + 5);
    }
  }

  @Test
  void aConnectionWhoseLifetimeHasPassedIsReplaced() throws Exception {
    try (TestServer server = TestServer.echo()) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(10)
                  .arrivals(new Arrivals.ClosedLoop(Duration.ofMillis(5)))
                  .duration(Duration.ofSeconds(2))
                  .life(new ConnectionLife(0, Duration.ofMillis(500), false))
                  .build());

      assertThat(run.errors()).isZero();
      assertThat(run.connections().lost()).as("a life that is over is no loss").isZero();
      assertThat(run.connections().attempted())
          .as("10 connections, each replaced about 4 times in 2.1 s")
          .isBetween(30L, 65L);
    }
  }

  @Test
  void aLostConnectionIsReplacedIfAskedFor() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              if (reads.incrementAndGet() % 100 == 0) {
                connection.close();
              } else {
                TestServer.echo(bytes, length, connection);
              }
            })) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(10)
                  .maxErrors(Long.MAX_VALUE)
                  .arrivals(Arrivals.OpenLoop.constant(1_000))
                  .duration(Duration.ofSeconds(2))
                  .life(new ConnectionLife(0, Duration.ZERO, true))
                  .build());

      assertThat(run.connections().lost()).isGreaterThan(10);
      assertThat(run.connections().attempted())
          .as("each is replaced 100 ms later, but for the last ones")
          .isBetween(run.connections().lost(), 10 + run.connections().lost());
      assertThat(run.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(counter(run, Counter.UNANSWERED_AT_END))
          .as("the message on which each connection was lost")
          .isEqualTo(run.connections().lost());
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
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.VALID);
    }
  }

  @Test
  void intervalsCoverTheRunWithoutGaps() throws Exception {
    try (TestServer server = TestServer.echo()) {
      LoadResult result =
          new LoadRun(shortPlan(server.address()).duration(Duration.ofSeconds(3)).build(), NOBODY)
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

  private static LoadProgress.Listener closeAfter(TestServer server, double measuredSeconds) {
    return progress -> {
      if (progress.phase() == Interval.Phase.MEASURE
          && progress.latest().startSeconds() > measuredSeconds) {
        try {
          server.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static InetSocketAddress addressWithoutListener() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) free.getLocalSocketAddress();
    }
  }

  private static LoadPlan.Builder shortPlan(InetSocketAddress target) {
    return LoadPlan.against(target)
        .connections(10)
        .eventLoops(1)
        .warmup(Duration.ofMillis(100))
        .duration(Duration.ofMillis(500));
  }

  private static RunResult run(LoadPlan plan) throws HostLimitException {
    return new LoadRun(plan, NOBODY).run().run();
  }

  private static ErrorKind onlyError(RunResult run) {
    assertThat(run.errorKinds()).hasSize(1);
    ErrorKind only = run.errorKinds().getFirst();
    long overTime =
        run.intervals().stream()
            .mapToLong(interval -> interval.errorsByKind().getOrDefault(only.counter(), 0L))
            .sum();
    assertThat(overTime).as("the intervals add up to the count").isEqualTo(only.count());
    return only;
  }

  private static long counter(RunResult run, Counter counter) {
    return run.counters().getOrDefault(counter, 0L);
  }

  private static LatencySummary latency(RunResult run, LatencyKind kind) {
    LatencySummary summary = run.latency().get(kind);
    assertThat(summary).as("latency of kind " + kind).isNotNull();
    return Objects.requireNonNull(summary);
  }
}
