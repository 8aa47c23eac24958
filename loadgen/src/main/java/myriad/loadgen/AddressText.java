package myriad.loadgen;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** Addresses as a user types them. */
final class AddressText {

  private AddressText() {}

  /** The first, and how many others there are. */
  static String of(List<SocketAddress> addresses) {
    String first = of(addresses.getFirst());
    return addresses.size() == 1 ? first : "%s and %,d more".formatted(first, addresses.size() - 1);
  }

  static String of(SocketAddress address) {
    return switch (address) {
      case InetSocketAddress inet -> {
        String host = inet.getAddress().getHostAddress();
        yield inet.getAddress() instanceof Inet6Address
            ? "[%s]:%d".formatted(host, inet.getPort())
            : "%s:%d".formatted(host, inet.getPort());
      }
      case DomainSocketAddress unix -> "unix:" + unix.path();
      default -> address.toString();
    };
  }
}
