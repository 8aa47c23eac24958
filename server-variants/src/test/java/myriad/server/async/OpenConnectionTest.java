package myriad.server.async;

import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class OpenConnectionTest extends StreamsTestCase {

  @Test
  void whatIsWrittenOnOneSideIsReadOnTheOther() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          writer.write(bytes("hello"));
          writer.drain();
          assertThat(reader.readExactly(5)).isEqualTo(bytes("hello"));
        });
  }

  @Test
  void connectingToNobodyThrows() throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), StreamsTestCase::echo);
          InetSocketAddress address = server.address();
          server.close();
          turns(3);
          assertThatIOException().isThrownBy(() -> Streams.openConnection(address));
        });
  }

  @Test
  void aNameIsLookedUpInTheExecutor() throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), StreamsTestCase::echo);
          InetSocketAddress unresolved =
              InetSocketAddress.createUnresolved(
                  server.address().getHostString(), server.address().getPort());
          Connection connection = Streams.openConnection(unresolved);
          connection.writer().write(bytes("x"));
          assertThat(connection.reader().readExactly(1)).isEqualTo(bytes("x"));
          connection.writer().close();
          server.close();
        });
  }

  @Test
  void theLoopWaitsWhileAConnectionIsIdle() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          writer.write(bytes("x"));
          reader.readExactly(1);
          int before = polls();
          sleep(ms(100));
          assertThat(polls() - before).as("looks for something to do").isLessThan(10);
        });
  }
}
