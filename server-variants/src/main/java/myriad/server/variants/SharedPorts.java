package myriad.server.variants;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import myriad.server.Availability;

/** Whether several sockets of this host can share a port. */
final class SharedPorts {

  private SharedPorts() {}

  static Availability probe() {
    try (SocketChannel socket = SocketChannel.open()) {
      socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      return new Availability.Available("");
    } catch (IOException | UnsupportedOperationException failure) {
      return new Availability.Unavailable(
          "no SO_REUSEPORT", String.valueOf(failure.getMessage()), "run it on a Linux host");
    }
  }
}
