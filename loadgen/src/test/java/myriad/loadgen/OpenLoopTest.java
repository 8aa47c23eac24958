package myriad.loadgen;

import static myriad.loadgen.Loads.counter;
import static myriad.loadgen.Loads.latency;
import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The schedule is kept whatever becomes of connections and target: every due message is told of.
 */
@Timeout(60)
class OpenLoopTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int DUE_A_SECOND = 1_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void connectionsThatComeAndGoCarryWhatIsDueAndNothingElse(int messagesPerConnection)
      throws Exception {
    Attempts.bestOfThree(
        () -> {
          try (TestServer server = TestServer.echo()) {
            RunResult run =
                run(
                    aThousandASecond(server)
                        .connections(5)
                        .life(new ConnectionLife(messagesPerConnection, Duration.ZERO, false))
                        .build());

            assertThat(run.errors()).as("errors among %s", run.counters()).isZero();
            assertThat(run.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(latency(run, LatencyKind.LAG).count()).isEqualTo(DUE_A_SECOND);
            assertThat(latency(run, LatencyKind.RESPONSE).count()).isEqualTo(DUE_A_SECOND);
            assertThat(counter(run, Counter.MESSAGES_SENT))
                .as("what was due, and one on each of the first five connections")
                .isEqualTo(DUE_A_SECOND + 5);
            assertThat(run.connections().attempted())
                .as("connections for 1,000 messages at %d each", messagesPerConnection)
                .isBetween(
                    (long) DUE_A_SECOND / messagesPerConnection,
                    (long) DUE_A_SECOND / messagesPerConnection + 5);
            assertThat(run.connections().open()).isEqualTo(5);
          }
        });
  }

  /** Both connections are cut at once, and come back 100 ms later. */
  @Test
  void messagesThatNoConnectionTakesWaitForOne() throws Exception {
    Attempts.bestOfThree(
        () -> {
          Set<Socket> open = ConcurrentHashMap.newKeySet();
          AtomicInteger reads = new AtomicInteger();
          try (TestServer server =
              TestServer.serving(
                  (bytes, length, connection) -> {
                    open.add(connection);
                    if (reads.incrementAndGet() == 300) {
                      for (Socket each : open) {
                        each.close();
                      }
                    } else {
                      TestServer.echo(bytes, length, connection);
                    }
                  })) {
            RunResult run =
                run(
                    aThousandASecond(server)
                        .connections(2)
                        .maxErrors(10)
                        .life(new ConnectionLife(0, Duration.ZERO, true))
                        .build());

            assertThat(run.connections().lost()).isEqualTo(2);
            assertThat(latency(run, LatencyKind.LAG).count()).isEqualTo(DUE_A_SECOND);
            assertThat(run.counters()).doesNotContainKey(Counter.UNSENT_AT_END);
            assertThat(latency(run, LatencyKind.RESPONSE).count())
                .as("all but those that were lost with their connection")
                .isEqualTo(DUE_A_SECOND - counter(run, Counter.UNANSWERED_AT_END));
            assertThat(latency(run, LatencyKind.RESPONSE).maxNs())
                .as("the wait of a message that was due when both were gone")
                .isGreaterThan(90_000_000L);
          }
        });
  }

  @Test
  void moreEventLoopsThanConnectionsChangeNothing() throws Exception {
    Attempts.bestOfThree(
        () -> {
          try (TestServer server = TestServer.echo()) {
            RunResult run = run(aThousandASecond(server).connections(1).eventLoops(4).build());

            assertThat(latency(run, LatencyKind.LAG).count()).isEqualTo(DUE_A_SECOND);
            assertThat(counter(run, Counter.MESSAGES_SENT)).isEqualTo(DUE_A_SECOND + 1);
            assertThat(run.plan()).containsEntry("threads", "1");
          }
        });
  }

  /** Connections take targets and event loops in turn, so one loop has none that are served. */
  @Test
  void anEventLoopWhoseTargetIsDownLeavesTheScheduleToTheOthers() throws Exception {
    Attempts.bestOfThree(
        () -> {
          try (TestServer server = TestServer.echo()) {
            RunResult run =
                run(
                    LoadPlan.against(List.of(server.address(), Loads.addressWithoutListener()))
                        .arrivals(Arrivals.OpenLoop.constant(DUE_A_SECOND))
                        .connections(4)
                        .eventLoops(2)
                        .warmup(Duration.ZERO)
                        .duration(SECOND)
                        .maxErrors(2)
                        .build());

            assertThat(run.connections().failed()).isEqualTo(2);
            assertThat(run.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(latency(run, LatencyKind.RESPONSE).count()).isEqualTo(DUE_A_SECOND);
            assertThat(run.counters()).doesNotContainKey(Counter.UNSENT_AT_END);
          }
        });
  }

  /** Two of four connections are cut in the midst of the load: all those of one event loop. */
  @Test
  void anEventLoopThatLosesAllItsConnectionsLeavesItsShareToTheOthers() throws Exception {
    Attempts.bestOfThree(
        () -> {
          try (TestServer steady = TestServer.echo();
              TestServer dying = TestServer.cuttingAt(read -> read > 100)) {
            RunResult run =
                run(
                    LoadPlan.against(List.of(steady.address(), dying.address()))
                        .arrivals(Arrivals.OpenLoop.constant(DUE_A_SECOND))
                        .connections(4)
                        .eventLoops(2)
                        .warmup(Duration.ZERO)
                        .duration(SECOND)
                        .maxErrors(2)
                        .build());

            assertThat(run.connections().lost()).isEqualTo(2);
            assertThat(run.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(run.counters()).doesNotContainKey(Counter.UNSENT_AT_END);
            assertThat(latency(run, LatencyKind.RESPONSE).count())
                .as("all that were due, but those that were lost with their connection")
                .isEqualTo(DUE_A_SECOND - counter(run, Counter.UNANSWERED_AT_END));
            assertThat(latency(run, LatencyKind.RESPONSE).maxNs() / 1e6)
                .as("longest wait of a message, in ms")
                .isLessThan(600);
          }
        });
  }

  /** The target serves 200 messages a second, and half a second more of them after the load. */
  @Test
  void messagesThatNeverCameBackCountInResponseTime() throws Exception {
    Attempts.bestOfThree(
        () -> {
          ReentrantLock one = new ReentrantLock();
          try (TestServer server =
              TestServer.serving(
                  (bytes, length, connection) -> {
                    one.lock();
                    try {
                      LockSupport.parkNanos(5_000_000);
                    } finally {
                      one.unlock();
                    }
                    TestServer.echo(bytes, length, connection);
                  })) {
            RunResult run =
                run(aThousandASecond(server).replyTimeout(Duration.ofMillis(500)).build());

            long never =
                counter(run, Counter.UNSENT_AT_END) + counter(run, Counter.UNANSWERED_AT_END);
            assertThat(run.errors()).as("errors among %s", run.counters()).isZero();
            assertThat(never).as("messages that never came back").isGreaterThan(500);
            assertThat(latency(run, LatencyKind.RESPONSE).count()).isEqualTo(DUE_A_SECOND);
            assertThat(latency(run, LatencyKind.SERVICE).count()).isEqualTo(DUE_A_SECOND - never);
            assertThat(latency(run, LatencyKind.RESPONSE).p50Ns())
                .as("half of the messages were due half a second before the end, or earlier")
                .isGreaterThan(500_000_000L);
            assertThat(run.notes())
                .anySatisfy(
                    note -> assertThat(note).contains("%,d messages".formatted(never), "at least"));
          }
        });
  }

  /** Waits are in response time, but nothing is known of how the target answers. */
  @Test
  void whereNothingCameBackNothingWasMeasured() throws Exception {
    int connections = 10;
    try (TestServer server = TestServer.silentAfter(connections)) {
      RunResult run =
          run(
              aThousandASecond(server)
                  .connections(connections)
                  .replyTimeout(Duration.ofMillis(200))
                  .build());

      assertThat(run.messages()).isZero();
      assertThat(latency(run, LatencyKind.RESPONSE).count()).isEqualTo(DUE_A_SECOND);
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.NONE);
      assertThat(run.verdict().reasons()).containsExactly("nothing was measured");
    }
  }

  private static LoadPlan.Builder aThousandASecond(TestServer server) {
    return shortPlan(server.address())
        .arrivals(Arrivals.OpenLoop.constant(DUE_A_SECOND))
        .warmup(Duration.ZERO)
        .duration(SECOND);
  }
}
