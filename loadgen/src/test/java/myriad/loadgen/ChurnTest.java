package myriad.loadgen;

import static myriad.loadgen.Loads.counter;
import static myriad.loadgen.Loads.latency;
import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import myriad.results.Counter;
import myriad.results.Interval;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections whose life ends, and those that take their places. */
@Timeout(60)
class ChurnTest {

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
      assertThat(run.connections().open()).isEqualTo(5);
      assertThat(replacements)
          .as("replacements for %d messages at 4 a connection", loadMessages)
          .isBetween(loadMessages / 4 - 5, loadMessages / 4 + 5);
    }
  }

  /** At any moment its one connection may be on its way. */
  @RepeatedTest(5)
  void oneMessageAConnectionIsNoFailure() throws Exception {
    try (TestServer server = TestServer.echo()) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(1)
                  .duration(Duration.ofMillis(200))
                  .life(new ConnectionLife(1, Duration.ZERO, false))
                  .build());

      assertThat(run.errors()).as("errors among %s", run.counters()).isZero();
      assertThat(run.messages()).isPositive();
      assertThat(run.outcome())
          .as("outcome, with notes %s", run.notes())
          .isEqualTo(Outcome.COMPLETE);
      assertThat(run.connections().open()).isEqualTo(1);
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

  /** The one message that shows a replacement to be served is none of the load's. */
  @Test
  void idleConnectionsAreReplacedWithoutALoad() throws Exception {
    try (TestServer server = TestServer.echo()) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .arrivals(new Arrivals.Idle())
                  .duration(Duration.ofSeconds(1))
                  .life(new ConnectionLife(0, Duration.ofMillis(300), false))
                  .build());

      assertThat(run.connections().attempted()).isGreaterThan(20);
      assertThat(run.errors()).isZero();
      assertThat(run.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(run.messages()).isZero();
      assertThat(run.latency().keySet()).containsExactly(LatencyKind.CONNECT);
    }
  }

  @Test
  void aLostConnectionIsReplacedIfAskedFor() throws Exception {
    try (TestServer server = TestServer.cuttingAt(read -> read % 100 == 0)) {
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

  /** Those that it refuses are not replaced, so that in the end there is none left. */
  @Test
  void aTargetThatDiesEndsARunWhoseConnectionsComeAndGo() throws Exception {
    TestServer server = TestServer.echo();
    LoadRun run =
        new LoadRun(
            shortPlan(server.address())
                .maxErrors(1_000)
                .arrivals(new Arrivals.ClosedLoop(Duration.ofMillis(5)))
                .duration(Duration.ofSeconds(30))
                .life(new ConnectionLife(5, Duration.ZERO, false))
                .build(),
            progress -> {
              if (progress.phase() == Interval.Phase.MEASURE) {
                Loads.close(server);
              }
            });
    RunResult result = run.run().run();

    assertThat(result.outcome()).as("%s", result.counters()).isEqualTo(Outcome.TARGET_FAILED);
    assertThat(result.measured()).isLessThan(Duration.ofSeconds(20));
  }

  /** Every 40th connection is cut and pauses for 100 ms; those whose life is over do not wait. */
  @Test
  void aLossDoesNotDelayTheReplacementOfOthers() throws Exception {
    Attempts.bestOfThree(
        () -> {
          try (TestServer server = TestServer.cuttingAt(read -> read % 40 == 0)) {
            RunResult run =
                run(
                    shortPlan(server.address())
                        .connections(5)
                        .maxErrors(Long.MAX_VALUE)
                        .arrivals(Arrivals.OpenLoop.constant(400))
                        .duration(Duration.ofSeconds(2))
                        .life(new ConnectionLife(1, Duration.ZERO, true))
                        .build());

            assertThat(run.connections().lost() + run.connections().failed()).isGreaterThan(10);
            assertThat(latency(run, LatencyKind.RESPONSE).p50Ns() / 1e6)
                .as("p50 of response time, in ms")
                .isLessThan(20);
          }
        });
  }
}
