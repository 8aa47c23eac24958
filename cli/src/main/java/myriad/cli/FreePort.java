package myriad.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.SplittableRandom;
import myriad.loadgen.host.HostLimits;

/**
 * A port of loopback that nobody listens on, and that no outgoing connection is given if possible.
 */
final class FreePort {

  private static final String EPHEMERAL = "net.ipv4.ip_local_port_range";
  private static final int LOWEST = 1_024;
  private static final int HIGHEST = 65_535;
  private static final int ATTEMPTS = 1_000;

  private FreePort() {}

  static int find() throws IOException {
    String[] ephemeral = new HostLimits().all().getOrDefault(EPHEMERAL, "1 0").split(" ", -1);
    int first = Integer.parseInt(ephemeral[0]);
    int last = Integer.parseInt(ephemeral[1]);
    SplittableRandom random = new SplittableRandom();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = random.nextInt(LOWEST, HIGHEST + 1);
      if ((port < first || port > last) && isFree(port)) {
        return port;
      }
    }
    try (Socket any = bound(0)) {
      return any.getLocalPort();
    }
  }

  static boolean isFree(int port) {
    try (Socket free = bound(port)) {
      return free.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Without listening, as whoever waits for a server there would take it for that. */
  static Socket bound(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException taken) {
      socket.close();
      throw taken;
    }
  }
}
