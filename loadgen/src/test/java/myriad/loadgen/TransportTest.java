package myriad.loadgen;

import static myriad.loadgen.Loads.assertAllAnswered;
import static myriad.loadgen.Loads.counter;
import static myriad.loadgen.Loads.latency;
import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.function.UnaryOperator;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every transport carries every load; one that this host forbids is skipped. */
@Timeout(60)
class TransportTest {

  /** Skips the test where the host does not let the transport run. */
  static void assumeAvailable(Transport transport) {
    assumeThat(transport.unavailabilityCause())
        .as("why %s is not available here", transport)
        .isNull();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void closedLoopKeepsOneMessageUnderWayOnEveryConnection(Transport transport) throws Exception {
    assumeAvailable(transport);

    RunResult run = ofEchoes(transport, plan -> plan.connections(50).eventLoops(2));

    assertThat(run.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(run.connections().open()).isEqualTo(50);
    assertThat(latency(run, LatencyKind.CONNECT).count()).isEqualTo(50);
    assertThat(run.errors()).isZero();
    assertThat(run.messages()).isPositive();
    assertThat(counter(run, Counter.MESSAGES_SENT))
        .as("in a closed loop everything that was sent comes back before the end")
        .isEqualTo(counter(run, Counter.MESSAGES_ECHOED));
    assertThat(run.counters()).doesNotContainKey(Counter.UNANSWERED_AT_END);
    assertThat(latency(run, LatencyKind.LAG).count())
        .as("messages that followed a reply, whose wait for the event loop is told")
        .isGreaterThan(run.messages() / 2);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void openLoopSendsWhatIsDue(Transport transport) throws Exception {
    assumeAvailable(transport);
    Attempts.bestOfThree(
        () -> {
          RunResult run =
              ofEchoes(
                  transport,
                  plan ->
                      plan.arrivals(Arrivals.OpenLoop.constant(1_000))
                          .duration(Duration.ofSeconds(1))
                          .eventLoops(2));

          assertThat(latency(run, LatencyKind.LAG).count()).isEqualTo(1_000);
          assertThat(latency(run, LatencyKind.RESPONSE).count()).isEqualTo(1_000);
          assertThat(counter(run, Counter.MESSAGES_SENT)).isEqualTo(1_100 + 10);
          assertThat(run.errors()).isZero();
        });
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void loopsThatNeverSleepCarryAClosedLoopAndAnOpenOne(Transport transport) throws Exception {
    assumeAvailable(transport);

    assertAllAnswered(ofEchoes(transport, plan -> plan.connections(50).busyPoll(true)));
    RunResult open =
        ofEchoes(
            transport,
            plan -> plan.arrivals(Arrivals.OpenLoop.constant(1_000)).eventLoops(2).busyPoll(true));

    assertAllAnswered(open);
    assertThat(latency(open, LatencyKind.RESPONSE).count()).isEqualTo(500);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anEndThatComesWithTheLastBytesIsHeard(Transport transport) throws Exception {
    assumeAvailable(transport);
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              TestServer.echo(bytes, length, connection);
              connection.close();
            })) {
      RunResult run =
          run(shortPlan(server.address()).connections(200).transport(transport).build());

      assertThat(counter(run, Counter.CLOSED_EARLY)).isEqualTo(200);
      assertThat(counter(run, Counter.MESSAGES_ECHOED)).isEqualTo(200);
      assertThat(run.connections().lost()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void messagesThatNoBufferHoldsComeBackWhole(Transport transport) throws Exception {
    assumeAvailable(transport);

    assertAllAnswered(
        ofEchoes(
            transport,
            plan -> plan.connections(4).messages(Messages.echoOf(MessageSizes.fixed(1_000_000)))));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void whatATargetSaysAtOnceIsRead(Transport transport) throws Exception {
    assumeAvailable(transport);
    byte[] greeting = new byte[EchoFrame.HEADER_BYTES];
    try (TestServer server = TestServer.greeting(greeting)) {
      RunResult run =
          run(shortPlan(server.address()).connections(100).transport(transport).build());

      assertThat(counter(run, Counter.SURPLUS))
          .as("bytes of greetings, some of which came when a message was under way already")
          .isPositive();
      assertThat(run.connections().open()).isEqualTo(100);
    }
  }

  private static RunResult ofEchoes(Transport transport, UnaryOperator<LoadPlan.Builder> how)
      throws Exception {
    try (TestServer server = TestServer.echo()) {
      return run(how.apply(shortPlan(server.address()).transport(transport)).build());
    }
  }
}
