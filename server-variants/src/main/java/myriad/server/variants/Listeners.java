package myriad.server.variants;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import myriad.server.ServerConfig;

/** Listening sockets of the JDK's channels. */
final class Listeners {

  private Listeners() {}

  /** A bound listener, in blocking mode; the caller owns it. */
  static ServerSocketChannel open(ServerConfig config) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      if (config.sharedPort()) {
        listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      return listener.bind(config.bindAddress(), config.backlog());
    } catch (IOException | RuntimeException failure) {
      listener.close();
      throw failure;
    }
  }
}
