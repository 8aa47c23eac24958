package myriad.loadgen;

import static myriad.loadgen.Loads.answering;
import static myriad.loadgen.Loads.assertAllAnswered;
import static myriad.loadgen.Loads.counter;
import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static myriad.loadgen.Loads.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import myriad.loadgen.Messages.FirstMessage;
import myriad.results.Counter;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent once on each connection, before its messages. */
@Timeout(60)
class FirstMessageTest {

  private static final WireText PING = WireText.parse("PING\\r\\n");
  private static final WireText PONG = WireText.parse("+PONG\\r\\n");
  private static final Messages PINGS =
      new Messages(new Messages.Request(PING, new Expectation.Exact(PONG)), Optional.empty());

  @Test
  void aFirstMessageIsAnsweredBeforeAnythingElseIsSentAndIsNoMessage() throws Exception {
    Map<Socket, StringBuilder> received = new ConcurrentHashMap<>();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              String text = new String(bytes, 0, length, StandardCharsets.US_ASCII);
              received.computeIfAbsent(connection, c -> new StringBuilder()).append(text);
              write(connection, text.startsWith("AUTH") ? "+OK\r\n" : "+PONG\r\n");
            })) {
      Messages messages =
          PINGS.after(
              new FirstMessage(
                  WireText.parse("AUTH x\\r\\n"),
                  Optional.of(new Expectation.Exact(WireText.parse("+OK\\r\\n")))));
      RunResult run = run(plan(server).connections(5).messages(messages).build());

      assertAllAnswered(run);
      assertThat(run.connections().open()).isEqualTo(5);
      assertThat(received).hasSize(5);
      assertThat(received.values())
          .allSatisfy(all -> assertThat(all.toString()).matches("AUTH x\r\n(PING\r\n)+"));
      assertThat(counter(run, Counter.MESSAGES_SENT) * PING.size() + 5 * 8)
          .as("bytes of all messages, and of the first on 5 connections")
          .isEqualTo(counter(run, Counter.BYTES_SENT));
      assertThat(run.plan())
          .containsEntry("first-message", "AUTH x\\r\\n")
          .containsEntry("first-expect", "text:+OK\\r\\n");
    }
  }

  @Test
  void aFirstMessageThatIsAnsweredWronglyIsAnError() throws Exception {
    try (TestServer server = TestServer.serving(answering("PING\r\n", "+PONG\r\n"))) {
      Messages messages =
          PINGS.after(
              new FirstMessage(
                  WireText.parse("AUTH\\r\\n"),
                  Optional.of(new Expectation.Exact(WireText.parse("+GOOD\\r\\n")))));
      RunResult run = run(plan(server).connections(3).messages(messages).build());

      assertThat(counter(run, Counter.CORRUPT)).as("one a connection").isEqualTo(3);
      assertThat(run.errors()).isEqualTo(3);
    }
  }

  @Test
  void aFirstMessageMayHaveNoReply() throws Exception {
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
              int from = text.startsWith("hello") ? 5 : 0;
              connection.getOutputStream().write(bytes, from, length - from);
            })) {
      RunResult run =
          run(
              plan(server)
                  .messages(
                      Messages.DEFAULT.after(
                          new FirstMessage(WireText.parse("hello"), Optional.empty())))
                  .build());

      assertAllAnswered(run);
      assertThat(run.plan()).containsEntry("first-expect", "nothing");
    }
  }

  private static LoadPlan.Builder plan(TestServer target) {
    return shortPlan(target.address()).connections(4);
  }
}
