package myriad.loadgen;

import static myriad.loadgen.Loads.answering;
import static myriad.loadgen.Loads.assertAllAnswered;
import static myriad.loadgen.Loads.counter;
import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static myriad.loadgen.Loads.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent and what comes back, of every kind, over real sockets. */
@Timeout(60)
class MessagesTest {

  private static final WireText PING = WireText.parse("PING\\r\\n");
  private static final WireText PONG = WireText.parse("+PONG\\r\\n");
  private static final Messages PINGS =
      new Messages(new Messages.Request(PING, new Expectation.Exact(PONG)), Optional.empty());

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void mixedSizesComeBackWhole(int depth) throws Exception {
    MessageSizes sizes =
        new MessageSizes(
            List.of(new MessageSizes.Part(1, 1_024, 9), new MessageSizes.Part(100_000, 100_000, 1)),
            42);
    try (TestServer server = TestServer.echo()) {
      RunResult run =
          run(plan(server).pipelineDepth(depth).messages(Messages.echoOf(sizes)).build());

      assertAllAnswered(run);
      double mean = (double) counter(run, Counter.BYTES_SENT) / counter(run, Counter.MESSAGES_SENT);
      assertThat(mean).as("0.9 of 512.5 B and 0.1 of 100 kB").isBetween(5_000.0, 16_000.0);
      assertThat(run.plan()).containsEntry("size", "1-1024:9,100000:1").containsEntry("seed", "42");
    }
  }

  @Test
  void aFramedTextTellsAMessageThatCameTwice() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              if (reads.incrementAndGet() == 20) {
                bytes[0]--;
              }
              TestServer.echo(bytes, length, connection);
            })) {
      RunResult run =
          run(
              plan(server)
                  .connections(1)
                  .replyTimeout(Duration.ofMillis(300))
                  .messages(of(new Messages.FramedText(WireText.parse("hello"))))
                  .build());

      assertThat(counter(run, Counter.SURPLUS))
          .as("bytes of a message whose number was that of the one before")
          .isEqualTo(17);
      assertThat(counter(run, Counter.REPLY_TIMED_OUT))
          .as("the message in whose place it came")
          .isEqualTo(1);
      assertThat(run.errors()).isEqualTo(18);
      assertThat(run.plan()).containsEntry("message", "hello").doesNotContainKey("raw");
    }
  }

  @Test
  void rawTextIsSentAsItIsAndTheResultSaysWhatThatGivesUp() throws Exception {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              if (seen.size() < 3) {
                seen.add(new String(bytes, 0, length, StandardCharsets.US_ASCII));
              }
              TestServer.echo(bytes, length, connection);
            })) {
      RunResult run =
          run(plan(server).messages(of(new Messages.RawText(WireText.parse("hi\\n")))).build());

      assertAllAnswered(run);
      assertThat(seen).containsOnly("hi\n");
      assertThat(run.notes()).anySatisfy(note -> assertThat(note).contains("--raw", "reordered"));
      assertThat(run.plan()).containsEntry("raw", "true").containsEntry("message", "hi\\n");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void aRequestIsAnsweredByExactBytes(int depth) throws Exception {
    try (TestServer server = TestServer.serving(answering("PING\r\n", "+PONG\r\n"))) {
      RunResult run = run(plan(server).pipelineDepth(depth).messages(PINGS).build());

      assertAllAnswered(run);
      assertThat(run.notes()).noneSatisfy(note -> assertThat(note).contains("compared"));
      assertThat(run.plan())
          .containsEntry("request", "PING\\r\\n")
          .containsEntry("expect", "text:+PONG\\r\\n");
    }
  }

  @Test
  void openLoopSendsRequestsAtTheirRate() throws Exception {
    try (TestServer server = TestServer.serving(answering("PING\r\n", "+PONG\r\n"))) {
      RunResult run =
          run(
              plan(server)
                  .arrivals(Arrivals.OpenLoop.constant(1_000))
                  .duration(Duration.ofSeconds(1))
                  .messages(PINGS)
                  .build());

      assertThat(run.latency())
          .hasEntrySatisfying(
              LatencyKind.RESPONSE, all -> assertThat(all.count()).isEqualTo(1_000));
      assertThat(run.errors()).isZero();
    }
  }

  @Test
  void anotherReplyIsCorrupt() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) ->
                write(connection, requests.incrementAndGet() == 20 ? "-OOPS\r\n" : "+PONG\r\n"))) {
      RunResult run = run(plan(server).connections(1).messages(PINGS).build());

      assertThat(counter(run, Counter.CORRUPT)).isEqualTo(1);
      assertThat(run.errors()).isEqualTo(1);
      assertThat(run.outcome()).isEqualTo(Outcome.TARGET_FAILED);
    }
  }

  /**
   * A second reply to one request, in one segment with the first, would answer the next at once.
   */
  @Test
  void aReplyThatCameBeforeItsRequestWasSentIsSurplus() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) ->
                write(
                    connection,
                    requests.incrementAndGet() == 20 ? "+PONG\r\n+PONG\r\n" : "+PONG\r\n"))) {
      RunResult run = run(plan(server).connections(1).messages(PINGS).build());

      assertThat(counter(run, Counter.SURPLUS)).as("bytes").isEqualTo(7);
      assertThat(run.errors()).as("nothing else is wrong").isEqualTo(7);
      assertThat(counter(run, Counter.MESSAGES_ECHOED))
          .isEqualTo(counter(run, Counter.MESSAGES_SENT));
    }
  }

  @Test
  void aReplyThatIsCutOffIsTruncated() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              boolean last = requests.incrementAndGet() == 20;
              write(connection, last ? "+PON" : "+PONG\r\n");
              if (last) {
                connection.close();
              }
            })) {
      RunResult run = run(plan(server).connections(1).messages(PINGS).build());

      assertThat(counter(run, Counter.TRUNCATED)).isEqualTo(1);
      assertThat(run.connections().lost()).isEqualTo(1);
    }
  }

  @Test
  void aReplyThatNeverEndsTimesOut() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) ->
                write(connection, requests.incrementAndGet() >= 20 ? "+PON" : "+PONG\r\n"))) {
      RunResult run =
          run(
              plan(server)
                  .connections(1)
                  .replyTimeout(Duration.ofMillis(200))
                  .messages(PINGS)
                  .build());

      assertThat(counter(run, Counter.REPLY_TIMED_OUT)).isEqualTo(1);
      assertThat(counter(run, Counter.UNANSWERED_AT_END)).isEqualTo(1);
    }
  }

  @Test
  void repliesOfAnyLengthEndWithTheirDelimiter() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    Expectation lines = new Expectation.Until(WireText.parse("\\n"), WireText.parse("line "));
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) ->
                write(connection, "line " + "x".repeat(requests.incrementAndGet() % 500) + "\n"))) {
      RunResult run = run(plan(server).messages(of(new Messages.Request(PING, lines))).build());

      assertAllAnswered(run);
      assertThat(run.notes())
          .anySatisfy(note -> assertThat(note).contains("only their first 5 bytes"));
      assertThat(run.plan()).containsEntry("expect", "until:\\n and starts:line ");
    }
  }

  @Test
  void whatAMessageCannotTellForItsShortnessIsSaid() {
    assertThat(caveat(new MessageSizes.Part(12, 100, 1))).isEmpty();
    assertThat(caveat(new MessageSizes.Part(11, 100, 1)))
        .contains("--size under 12", "reordered", "another connection");
  }

  private static String caveat(MessageSizes.Part part) {
    return new Messages.Pattern(new MessageSizes(List.of(part), 0)).caveat();
  }

  private static Messages of(Messages.Content content) {
    return new Messages(content, Optional.empty());
  }

  private static LoadPlan.Builder plan(TestServer target) {
    return shortPlan(target.address()).connections(4);
  }
}
