package myriad.server.async;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The two sides of a connection.
 *
 * @param reader what the peer sends
 * @param writer what the peer receives; closing it closes the connection
 */
public record Connection(StreamReader reader, StreamWriter writer) {

  /** Serves one accepted connection, in a task of its own; closes the writer at the end. */
  @FunctionalInterface
  public interface Handler {
    void handle(StreamReader reader, StreamWriter writer) throws Exception;
  }

  static Connection on(EventLoop loop, SocketChannel channel, int limitBytes) throws IOException {
    return on(new SocketTransport(loop, channel), limitBytes);
  }

  static Connection on(SocketTransport transport, int limitBytes) {
    return new Connection(new StreamReader(transport, limitBytes), new StreamWriter(transport));
  }
}
