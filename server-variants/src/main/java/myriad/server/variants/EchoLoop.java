package myriad.server.variants;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import myriad.server.CloseKind;

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
}
