package myriad.loadgen;

import static myriad.loadgen.Loads.counter;
import static myriad.loadgen.Loads.latency;
import static myriad.loadgen.Loads.onlyError;
import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Targets that do not answer, or not in time. */
@Timeout(60)
class TimeoutsTest {

  private static final long MILLI = 1_000_000;

  @Test
  void anEchoAfterItsTimeoutIsLateAndStillMeasured() throws Exception {
    Attempts.bestOfThree(
        () -> {
          AtomicLong lateFromNs = new AtomicLong();
          try (TestServer server =
              TestServer.serving(
                  (bytes, length, connection) -> {
                    long nowNs = System.nanoTime();
                    if (!lateFromNs.compareAndSet(0, nowNs + 200 * MILLI)
                        && nowNs > lateFromNs.get()) {
                      lateFromNs.set(Long.MAX_VALUE);
                      LockSupport.parkNanos(300 * MILLI);
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
            assertThat(latency(run, LatencyKind.SERVICE).maxNs()).isGreaterThan(290 * MILLI);
          }
        });
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
          .anySatisfy(note -> assertThat(note).contains("0 of 3", "3 never served"))
          .anySatisfy(note -> assertThat(note).contains("--request", "--expect"));
      assertThat(run.outcome()).isEqualTo(Outcome.TARGET_FAILED);
    }
  }

  @Test
  void aSilentTargetTimesOutOnceForEachMessage() throws Exception {
    Attempts.bestOfThree(
        () -> {
          try (TestServer server = TestServer.silentAfter(20)) {
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
        });
  }

  /** It falls silent 30 ms before the load ends; the close waits as long as the timeout is. */
  @Test
  void messagesThatHangAtTheVeryEndTimeOutToo() throws Exception {
    Attempts.bestOfThree(
        () -> {
          AtomicLong firstNs = new AtomicLong();
          try (TestServer server =
              TestServer.serving(
                  (bytes, length, connection) -> {
                    firstNs.compareAndSet(0, System.nanoTime());
                    if (System.nanoTime() - firstNs.get() < 470 * MILLI) {
                      TestServer.echo(bytes, length, connection);
                    }
                  })) {
            RunResult run =
                run(
                    shortPlan(server.address())
                        .connections(4)
                        .warmup(Duration.ZERO)
                        .replyTimeout(Duration.ofMillis(2_500))
                        .build());

            assertThat(counter(run, Counter.UNANSWERED_AT_END)).isEqualTo(4);
            assertThat(counter(run, Counter.REPLY_TIMED_OUT)).isEqualTo(4);
          }
        });
  }

  /** One message in ten is swallowed: without a new connection, each would soon be stuck. */
  @Test
  void aConnectionWithAnOverdueReplyIsReplacedWhereAskedFor() throws Exception {
    try (TestServer server =
        TestServer.numbering(
            (number, bytes, length, connection) -> {
              if (number % 10 != 0) {
                TestServer.echo(bytes, length, connection);
              }
            })) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(2)
                  .warmup(Duration.ZERO)
                  .duration(Duration.ofSeconds(2))
                  .replyTimeout(Duration.ofMillis(100))
                  .life(new ConnectionLife(ConnectionLife.UNLIMITED, Duration.ZERO, true))
                  .build());

      assertThat(onlyError(run).counter()).isEqualTo(Counter.REPLY_TIMED_OUT);
      assertThat(run.errors()).as("messages swallowed").isGreaterThan(5);
      assertThat(run.connections().attempted()).isGreaterThan(5);
      assertThat(run.connections().lost() + run.connections().failed()).isGreaterThan(3);
      assertThat(run.messages()).isGreaterThan(40);
      assertThat(latency(run, LatencyKind.RESPONSE).maxNs())
          .as("the wait for a reply that never came")
          .isGreaterThan(100 * MILLI);
    }
  }

  /** Every connection carries one message; after the 20th none is answered. */
  @Test
  void aReplacementWhoseFirstMessageHangsTimesOut() throws Exception {
    try (TestServer server = TestServer.silentAfter(20)) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(2)
                  .replyTimeout(Duration.ofMillis(200))
                  .life(new ConnectionLife(1, Duration.ZERO, false))
                  .build());

      assertThat(counter(run, Counter.REPLY_TIMED_OUT)).isEqualTo(2);
      assertThat(counter(run, Counter.NEVER_SERVED)).isEqualTo(2);
    }
  }

  /** Nothing comes back within the measured phase, but everything a little later. */
  @Test
  void aTargetSlowerThanTheMeasuredPhaseIsMeasuredAllTheSame() throws Exception {
    try (TestServer server =
        TestServer.numbering(
            (read, bytes, length, connection) -> {
              if (read > 4) {
                LockSupport.parkNanos(700 * MILLI);
              }
              TestServer.echo(bytes, length, connection);
            })) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(4)
                  .arrivals(Arrivals.OpenLoop.constant(20))
                  .warmup(Duration.ZERO)
                  .build());

      assertThat(run.messages()).isZero();
      assertThat(latency(run, LatencyKind.RESPONSE).count()).isEqualTo(10);
      assertThat(run.verdict().kind()).isNotEqualTo(Verdict.Kind.NONE);
    }
  }
}
