package myriad.loadgen;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** The text of a socket address as a user types it. */
final class HostAndPort {

  private HostAndPort() {}

  static String format(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return address.getAddress() instanceof Inet6Address
        ? "[%s]:%d".formatted(host, address.getPort())
        : "%s:%d".formatted(host, address.getPort());
  }
}
