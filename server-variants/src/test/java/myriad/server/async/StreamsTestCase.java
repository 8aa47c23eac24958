package myriad.server.async;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Real sockets on loopback: a server whose handler a test gives, and a connection to it. */
abstract class StreamsTestCase extends AsyncTestCase {

  static final int MIB = 1024 * 1024;

  /** What a test does with a server whose handler it gave, and a connection to it. */
  @FunctionalInterface
  interface Dialogue {
    void hold(StreamReader reader, StreamWriter writer) throws Exception;
  }

  /** How often the loop looked for something to do. */
  int polls() {
    return ((CountingPoller) loop.poller()).polls();
  }

  @Override
  Poller poller() {
    try {
      return new CountingPoller(new SelectorPoller());
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  void converse(Connection.Handler handler, Dialogue dialogue) throws Exception {
    converseWithin(StreamReader.DEFAULT_LIMIT_BYTES, handler, dialogue);
  }

  /** With a limit for the reader of the dialogue. */
  void converseWithin(int limitBytes, Connection.Handler handler, Dialogue dialogue)
      throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), handler);
          Connection connection = Streams.openConnection(server.address(), limitBytes);
          try {
            dialogue.hold(connection.reader(), connection.writer());
          } finally {
            connection.writer().abort();
            server.close();
            server.cancelConnections();
            server.waitClosed();
          }
        });
  }

  /** What a server does whose peer resets the connection once it was sent a byte. */
  void withPeerThatResets(Dialogue dialogue) throws Exception {
    run(
        () -> {
          Future<Void> held = loop.createFuture();
          StreamServer server =
              Streams.startServer(
                  anyPort(),
                  (reader, writer) -> {
                    dialogue.hold(reader, writer);
                    held.setResult(null);
                  });
          InetSocketAddress address = server.address();
          Future<Boolean> peer = Async.runInExecutor(() -> resetAfterOneByte(address));
          while (!held.isDone() && reports.isEmpty()) {
            sleep(ms(1));
          }
          peer.await();
          server.close();
          assertThat(reports).isEmpty();
        });
  }

  private static boolean resetAfterOneByte(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoLinger(true, 0);
      return socket.getInputStream().read() >= 0;
    }
  }

  static void echo(StreamReader reader, StreamWriter writer) throws IOException {
    try {
      for (byte[] data = reader.read(1_000); data.length > 0; data = reader.read(1_000)) {
        writer.write(data);
        writer.drain();
      }
    } finally {
      writer.close();
    }
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
