package myriad.loadgen;

import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.OptionalLong;
import myriad.loadgen.host.HostLimits;
import org.jspecify.annotations.Nullable;

/** Whether this host can carry a plan at all, asked before anything is opened. */
public final class HostCheck {

  /** Descriptors of the JVM, its libraries and the run's own files. */
  private static final int RESERVED_DESCRIPTORS = 100;

  /**
   * Epoll itself, a timer and what wakes it (Netty's {@code EpollIoHandler}); others have fewer.
   */
  private static final int DESCRIPTORS_A_LOOP = 3;

  private HostCheck() {}

  /**
   * Asks this host whether it can carry {@code plan}. A run asks too; a sweep asks for all of its
   * runs before it begins.
   *
   * @throws HostLimitException if it cannot
   */
  public static void require(LoadPlan plan) throws HostLimitException {
    require(plan, new HostLimits());
  }

  static void require(LoadPlan plan, HostLimits limits) throws HostLimitException {
    requireTransport(plan.transport());
    requireDescriptors(plan, limits.openFiles());
    requirePorts(plan, limits.ephemeralPorts());
    for (InetAddress source : plan.sources()) {
      requireSource(source);
    }
  }

  /** An address can be connected from if it can be listened on. */
  private static void requireSource(InetAddress source) throws HostLimitException {
    try (ServerSocket _ = new ServerSocket(0, 1, source)) {
      return;
    } catch (IOException refused) {
      throw new HostLimitException(
          "--source-ip %s is no address of this host: %s; add it to an interface, or leave it out"
              .formatted(source.getHostAddress(), refused.getMessage()));
    }
  }

  private static void requireTransport(Transport transport) throws HostLimitException {
    @Nullable Throwable cause = transport.unavailabilityCause();
    if (cause != null) {
      throw new HostLimitException(
          "--transport %s is not available here: %s; use --transport nio"
              .formatted(transport.name().toLowerCase(Locale.ROOT), rootMessage(cause)));
    }
  }

  private static void requireDescriptors(LoadPlan plan, OptionalLong openFiles)
      throws HostLimitException {
    long reserved = RESERVED_DESCRIPTORS + (long) DESCRIPTORS_A_LOOP * plan.eventLoops();
    if (openFiles.isPresent() && plan.connections() > openFiles.getAsLong() - reserved) {
      throw new HostLimitException(
          ("--connections %,d needs as many descriptors, and this process may have %,d;"
                  + " raise the limit (ulimit -n) or ask for at most %,d")
              .formatted(
                  plan.connections(),
                  openFiles.getAsLong(),
                  Math.max(0, openFiles.getAsLong() - reserved)));
    }
  }

  private static void requirePorts(LoadPlan plan, OptionalLong ports) throws HostLimitException {
    long pairs = pairs(plan);
    boolean unix = plan.targets().getFirst() instanceof DomainSocketAddress;
    if (!unix && ports.isPresent() && plan.connections() > ports.getAsLong() * pairs) {
      throw new HostLimitException(
          ("--connections %,d needs as many source ports, and there are %,d %s;"
                  + " add source addresses (--source-ip)%s, or widen net.ipv4.ip_local_port_range")
              .formatted(
                  plan.connections(),
                  ports.getAsLong(),
                  bindsPorts(plan) ? "of one address" : "from one address to one target",
                  bindsPorts(plan) ? " or use --transport epoll" : " or targets"));
    }
  }

  /** A port that bind() gave to a connection is no other's, whatever its target. */
  private static long pairs(LoadPlan plan) {
    long sources = Math.max(1, plan.sources().size());
    return bindsPorts(plan) ? sources : sources * plan.targets().size();
  }

  private static boolean bindsPorts(LoadPlan plan) {
    return !plan.sources().isEmpty() && !plan.transport().sharesPortsOfSources();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
