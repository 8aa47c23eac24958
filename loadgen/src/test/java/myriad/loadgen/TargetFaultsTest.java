package myriad.loadgen;

import static myriad.loadgen.Loads.addressWithoutListener;
import static myriad.loadgen.Loads.counter;
import static myriad.loadgen.Loads.onlyError;
import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.Interval;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a target does wrong, told apart and counted. */
@Timeout(60)
class TargetFaultsTest {

  private static final int MESSAGE_BYTES = 64;

  @Test
  void aByteThatDiffersIsCorrupt() throws Exception {
    try (TestServer server =
        TestServer.numbering(
            (read, bytes, length, connection) -> {
              if (read == 50) {
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
    try (TestServer server =
        TestServer.numbering(
            (read, bytes, length, connection) -> {
              TestServer.echo(bytes, length, connection);
              if (read == 1) {
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
    try (TestServer server =
        TestServer.numbering(
            (read, bytes, length, connection) -> {
              boolean cut = read == 50;
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
    try (TestServer server =
        TestServer.numbering(
            (read, bytes, length, connection) -> {
              if (read == 50) {
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
    try (TestServer server = TestServer.cuttingAt(read -> read == 50)) {
      RunResult run = run(shortPlan(server.address()).connections(4).build());

      assertThat(onlyError(run).counter()).isEqualTo(Counter.CLOSED_EARLY);
      assertThat(onlyError(run).remedy()).contains("--reconnect");
    }
  }

  /** A class E address: the kernel knows no way there, so nothing leaves the host. */
  @Test
  void aTargetWithoutARouteIsUnreachable() throws Exception {
    RunResult run = run(shortPlan(new InetSocketAddress("255.255.255.255", 7)).build());

    assertThat(onlyError(run).counter()).isEqualTo(Counter.CONNECT_UNREACHABLE);
  }

  /** The 20th echo comes twice, in the midst of others. */
  @Test
  void anEchoThatComesTwiceIsSurplusAndThoseBehindItAreRight() throws Exception {
    try (TestServer server =
        TestServer.numbering(
            (read, bytes, length, connection) -> {
              if (read == 20) {
                connection.getOutputStream().write(twiceTheFirst(bytes, length));
              } else {
                TestServer.echo(bytes, length, connection);
              }
            })) {
      RunResult run = run(shortPlan(server.address()).connections(1).pipelineDepth(8).build());

      assertThat(counter(run, Counter.SURPLUS)).as("bytes of a message").isEqualTo(64);
      assertThat(run.errors()).as("errors among %s", run.counters()).isEqualTo(64);
      assertThat(counter(run, Counter.MESSAGES_ECHOED))
          .isEqualTo(counter(run, Counter.MESSAGES_SENT));
    }
  }

  /** Five bytes too many come before the 20th answer, in the midst of others. */
  @Test
  void bytesPutInBetweenAreSurplusAndTheEchoesBehindThemAreRight() throws Exception {
    try (TestServer server =
        TestServer.numbering(
            (read, bytes, length, connection) -> {
              if (read == 20) {
                connection.getOutputStream().write(new byte[5]);
              }
              TestServer.echo(bytes, length, connection);
            })) {
      RunResult run = run(shortPlan(server.address()).connections(1).pipelineDepth(8).build());

      assertThat(onlyError(run).counter()).isEqualTo(Counter.SURPLUS);
      assertThat(run.errors()).as("surplus bytes").isEqualTo(5);
      assertThat(counter(run, Counter.MESSAGES_ECHOED))
          .isEqualTo(counter(run, Counter.MESSAGES_SENT));
    }
  }

  /** The tail of an echo that is too long comes later, before or behind the next message. */
  @Test
  void anEchoThatIsCorruptAndTooLongSpoilsNoOther() throws Exception {
    try (TestServer server =
        TestServer.numbering(
            (read, bytes, length, connection) -> {
              if (read % 20 == 0) {
                bytes[20] ^= 1;
              }
              TestServer.echo(bytes, length, connection);
              if (read % 20 == 0) {
                LockSupport.parkNanos(2_000_000);
                connection.getOutputStream().write(new byte[7]);
              }
            })) {
      RunResult run =
          run(shortPlan(server.address()).connections(1).maxErrors(Long.MAX_VALUE).build());

      long corrupt = counter(run, Counter.CORRUPT);
      assertThat(corrupt).isPositive();
      assertThat(counter(run, Counter.SURPLUS)).isBetween(7 * (corrupt - 1), 7 * corrupt);
      assertThat(counter(run, Counter.MESSAGES_SENT))
          .as("messages among %s", run.counters())
          .isEqualTo(
              counter(run, Counter.MESSAGES_ECHOED)
                  + corrupt
                  + counter(run, Counter.UNANSWERED_AT_END));
      assertThat(run.errors()).isEqualTo(corrupt + counter(run, Counter.SURPLUS));
    }
  }

  @Test
  void anEchoThatIsLostIsNoFaultOfThoseBehindIt() throws Exception {
    AtomicInteger echoes = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              boolean several = length >= 2 * MESSAGE_BYTES;
              boolean loses = several && echoes.compareAndSet(0, 1);
              int from = loses ? MESSAGE_BYTES : 0;
              connection.getOutputStream().write(bytes, from, length - from);
            })) {
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(1)
                  .pipelineDepth(8)
                  .replyTimeout(Duration.ofMillis(300))
                  .build());

      assertThat(counter(run, Counter.REORDERED))
          .as("the message that came in place of the one that was lost")
          .isEqualTo(1);
      assertThat(counter(run, Counter.REPLY_TIMED_OUT)).as("the lost one").isEqualTo(1);
      assertThat(run.errors()).as("errors among %s", run.counters()).isEqualTo(2);
      assertThat(counter(run, Counter.UNANSWERED_AT_END)).isEqualTo(1);
    }
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

  private static LoadProgress.Listener closeAfter(TestServer server, double measuredSeconds) {
    return progress -> {
      if (progress.phase() == Interval.Phase.MEASURE
          && progress.latest().startSeconds() > measuredSeconds) {
        Loads.close(server);
      }
    };
  }

  private static byte[] twiceTheFirst(byte[] bytes, int length) {
    byte[] twice = new byte[length + MESSAGE_BYTES];
    System.arraycopy(bytes, 0, twice, 0, MESSAGE_BYTES);
    System.arraycopy(bytes, 0, twice, MESSAGE_BYTES, length);
    return twice;
  }
}
