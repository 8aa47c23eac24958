package myriad.loadgen;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the targets of a plan take, and what goes together with them. */
final class PlanTargets {

  private PlanTargets() {}

  static void require(List<SocketAddress> targets, List<InetAddress> sources, Transport transport) {
    LoadPlan.require(!targets.isEmpty(), "target", "missing", "at least one address");
    long unix = targets.stream().filter(DomainSocketAddress.class::isInstance).count();
    LoadPlan.require(
        unix == 0 || unix == targets.size(),
        "target",
        targets,
        "either Unix domain sockets or host addresses, not both");
    for (SocketAddress target : targets) {
      LoadPlan.require(
          !(target instanceof InetSocketAddress inet && inet.isUnresolved()),
          "target",
          target,
          "a host name that resolves, or an address");
    }
    LoadPlan.require(
        unix == 0 || sources.isEmpty(),
        "--source-ip",
        textOf(sources),
        "nothing for a Unix domain socket");
    if (unix == 0) {
      sources.forEach(source -> requireFamilyOf(targets, source));
    }
    LoadPlan.require(
        unix == 0 || transport.hasUnixSockets(),
        "--transport",
        transport.name().toLowerCase(Locale.ROOT),
        "epoll for a Unix domain socket");
  }

  /** From an IPv4 address there is no way to an IPv6 one, nor back. */
  private static void requireFamilyOf(List<SocketAddress> targets, InetAddress source) {
    for (SocketAddress target : targets) {
      LoadPlan.require(
          target instanceof InetSocketAddress inet
              && inet.getAddress().getClass().equals(source.getClass()),
          "--source-ip",
          source.getHostAddress(),
          "addresses of the same kind, IPv4 or IPv6, as that of the target " + target);
    }
  }

  private static String textOf(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","));
  }

  static void requireName(Tls tls, List<SocketAddress> targets) {
    LoadPlan.require(
        !tls.verify()
            || tls.name().isPresent()
            || !(targets.getFirst() instanceof DomainSocketAddress),
        "--tls",
        "for a Unix domain socket, which has no name to verify",
        "--tls-name or --tls-insecure with it");
  }
}
