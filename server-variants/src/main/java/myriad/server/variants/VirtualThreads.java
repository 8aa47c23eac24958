package myriad.server.variants;

import java.io.IOException;
import java.util.concurrent.Executors;
import myriad.server.Availability;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;
import myriad.server.ServerVariant;

/**
 * One virtual thread a connection: the code of a thread a connection, at the price of an event
 * loop.
 *
 * <p><b>What blocks:</b> the virtual thread, which then leaves its carrier thread. No platform
 * thread waits for a connection.
 *
 * <p><b>What wakes:</b> the JDK's pollers. A read that finds nothing registers the socket with
 * epoll for one event and parks; that registration at every park, one {@code epoll_ctl}, is the
 * structural cost of this model against a selector, whose registrations stay. Under load it is
 * seldom met, see {@link VirtualThreadEcho}.
 *
 * <p><b>Who owns a connection:</b> its virtual thread, on whichever carrier runs it.
 *
 * <p><b>What a connection costs:</b> the virtual thread, the part of its stack that is in use, and
 * the socket. The buffer is not among them: see {@link VirtualThreadEcho}.
 *
 * <p><b>Where it ends:</b> at the memory of the host. Carriers are as many as the JVM sees
 * processors ({@code jdk.virtualThreadScheduler.parallelism}), for all servers of a JVM together,
 * so {@link ServerConfig#threads()} has no say.
 */
public final class VirtualThreads implements ServerVariant {

  @Override
  public String id() {
    return "virtual-threads";
  }

  @Override
  public String model() {
    return "one virtual thread a connection, blocking style";
  }

  @Override
  public String needs() {
    return "JDK 21 or newer";
  }

  @Override
  public boolean fixesItsThreads() {
    return true;
  }

  @Override
  public Availability probe(ServerConfig config) {
    int carriers = Runtime.getRuntime().availableProcessors();
    return HostLimits.ofThisHost()
        .bear(new Demand(carriers + " carrier threads", carriers, carriers), "");
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    ServerCounters counters = new ServerCounters();
    return BlockingServer.start(
        id(),
        config,
        Executors.newVirtualThreadPerTaskExecutor(),
        new VirtualThreadEcho(config.bufferBytes(), counters),
        counters);
  }
}
