package myriad.server.variants;

import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import myriad.server.Availability;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerVariant;

/**
 * Netty's native epoll transport: the reactor of {@link NioSelector}, without the JDK's selector in
 * between.
 *
 * <p><b>What blocks:</b> only {@code epoll_wait}, while no socket of the loop is ready.
 *
 * <p><b>What wakes:</b> epoll, level-triggered, once for all sockets that became ready in the
 * meantime. Each socket is registered once, for its life.
 *
 * <p><b>Who owns a connection:</b> the one event loop it was handed to. Reading, echoing and
 * closing happen on that loop's thread, in callbacks.
 *
 * <p><b>What a connection costs:</b> a handle of the loop, with its registration and socket. A
 * loop's connections read into the same buffer, and bytes are kept for one of them only while its
 * peer does not take them.
 *
 * <p><b>Where it ends:</b> at the memory of the host, or at one core a loop.
 *
 * <p>Connections have no channel of Netty's: {@link NettyServer} says why. What is echoed is sent
 * to up to sixteen of them together: {@link EpollEcho}.
 */
public final class Epoll implements ServerVariant {

  /** An epoll instance, what wakes it, and a timer. */
  private static final int DESCRIPTORS_A_LOOP = 3;

  @Override
  public String id() {
    return "epoll";
  }

  @Override
  public String model() {
    return "Netty native epoll, callbacks on event loops";
  }

  @Override
  public String needs() {
    return "Linux, Netty's native epoll library";
  }

  @Override
  public Availability probe(ServerConfig config) {
    Throwable cause = io.netty.channel.epoll.Epoll.unavailabilityCause();
    return cause == null
        ? HostLimits.ofThisHost().bear(NettyServer.demand(config, DESCRIPTORS_A_LOOP), "")
        : NativeLibraries.ofThisHost()
            .missing("epoll", cause)
            .orElseGet(
                () ->
                    new Availability.Unavailable(
                        "no epoll instance can be had",
                        NativeLibraries.rootMessage(cause),
                        "see to free memory and descriptors (ulimit -n)"));
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    return NettyServer.start(
        id(),
        new NettyTransport(EpollIoHandler.newFactory(), EpollListener::new, EpollEcho::new),
        config);
  }
}
