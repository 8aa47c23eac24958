package myriad.server.async;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamServerTest extends StreamsTestCase {

  @Test
  void aThousandConnectionsAreServedAtOnce() throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), StreamsTestCase::echo);
          List<Task<Integer>> clients = new ArrayList<>();
          for (int i = 0; i < 1_000; i++) {
            int number = i;
            clients.add(createTask(() -> askEcho(server.address(), number)));
          }
          assertThat(Async.<Integer>gather(clients).await())
              .hasSize(1_000)
              .startsWith(0, 1, 2)
              .endsWith(999);
          server.close();
        });
  }

  @Test
  void aHandlerThatFailsIsReportedAndItsConnectionClosed() throws Exception {
    converse(
        (reader, writer) -> {
          throw new IOException("handler");
        },
        (reader, writer) -> {
          assertThat(reader.read(10)).isEmpty();
          assertReported("a connection's handler failed");
        });
  }

  @Test
  void aClosedServerServesItsConnectionsOn() throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), StreamsTestCase::echo);
          InetSocketAddress address = server.address();
          Connection connection = Streams.openConnection(address);
          connection.writer().write(bytes("1"));
          connection.reader().readExactly(1);
          server.close();
          assertThat(server.isServing()).isFalse();
          turns(3);
          assertThatIOException().isThrownBy(() -> Streams.openConnection(address));
          connection.writer().write(bytes("2"));
          assertThat(connection.reader().readExactly(1)).isEqualTo(bytes("2"));
          assertThat(server.openConnections()).isEqualTo(1);
          connection.writer().close();
          server.waitClosed();
          assertThat(server.openConnections()).isZero();
        });
  }

  @Test
  void cancelConnectionsEndsTheHandlersAndClosesTheirConnections() throws Exception {
    run(
        () -> {
          StreamServer server =
              Streams.startServer(anyPort(), (reader, writer) -> sleep(ms(1_000_000)));
          Connection connection = Streams.openConnection(server.address());
          while (server.openConnections() == 0) {
            sleep(ms(1));
          }
          server.close();
          server.cancelConnections();
          server.waitClosed();
          assertThat(connection.reader().read(1)).isEmpty();
        });
  }

  private static int askEcho(InetSocketAddress address, int number) throws Exception {
    Connection connection = Streams.openConnection(address);
    byte[] question = bytes("%06d".formatted(number));
    connection.writer().write(question);
    byte[] answer = connection.reader().readExactly(question.length);
    connection.writer().close();
    return Integer.parseInt(new String(answer, US_ASCII));
  }
}
