package myriad.server.variants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/** Serves one connection in blocking style, from its first byte to its last. */
@FunctionalInterface
interface EchoLoop {

  /**
   * Echoes until the peer has finished sending. Runs on the connection's own thread; the caller
   * closes the channel.
   *
   * @throws IOException if the connection failed, or was closed by another thread
   */
  CloseKind echo(SocketChannel connection) throws IOException;

  /** Writes back all that was received; blocks while the peer does not take it. */
  static void echoAll(ByteBuffer received, SocketChannel connection, ServerCounters counters)
      throws IOException {
    counters.bytesIn(received.remaining());
    while (received.hasRemaining()) {
      counters.bytesOut(connection.write(received));
    }
  }
}
