package myriad.loadgen;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sockets of one event loop, spread over the plan's targets and, for each target, over
 * its source addresses.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure to register fails the connect too
final class Dialer {

  /** The channel's own limits are out of the way: what is under way is bounded by the plan. */
  private static final WriteBufferWaterMark UNLIMITED_WRITES =
      new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE);

  private final LoadPlan plan;
  private final EventLoop eventLoop;
  private final ReflectiveChannelFactory<Channel> channels;
  private final boolean unix;
  private final @Nullable TlsHandshakes tls;

  Dialer(LoadPlan plan, EventLoop eventLoop) {
    this.plan = plan;
    this.eventLoop = eventLoop;
    this.unix = plan.targets().getFirst() instanceof DomainSocketAddress;
    this.tls =
        plan.tls()
            .map(how -> new TlsHandshakes(how, plan.connectTimeout().toMillis()))
            .orElse(null);
    this.channels = new ReflectiveChannelFactory<>(plan.transport().channelType(unix));
  }

  /**
   * Begins to connect.
   *
   * @param id of the connection, which decides on its target and source
   * @return done when it is established, or failed
   * @throws RuntimeException if no socket could be made
   */
  ChannelFuture connect(int id, EchoConnection connection) {
    Channel channel = channels.newChannel();
    configure(channel.config());
    SocketAddress target = targetOf(plan, id);
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc(), target));
    }
    channel.pipeline().addLast(connection);
    eventLoop.register(channel);
    connection.connectStarted(channel, System.nanoTime());
    if (plan.sources().isEmpty()) {
      return channel.connect(target);
    }
    InetAddress source =
        plan.sources().get(Math.floorMod(id / plan.targets().size(), plan.sources().size()));
    return channel.connect(target, new InetSocketAddress(source, 0));
  }

  /** The target of a connection, by its id. */
  static SocketAddress targetOf(LoadPlan plan, int id) {
    return plan.targets().get(Math.floorMod(id, plan.targets().size()));
  }

  private void configure(ChannelConfig config) {
    // The adaptive allocator, Netty's default, makes 160 bytes of garbage a message of slices.
    config.setAllocator(PooledByteBufAllocator.DEFAULT);
    config.setConnectTimeoutMillis((int) plan.connectTimeout().toMillis());
    config.setWriteBufferWaterMark(UNLIMITED_WRITES);
    if (!unix) {
      config.setOption(ChannelOption.TCP_NODELAY, true);
    }
    if (!plan.sources().isEmpty() && plan.transport().sharesPortsOfSources()) {
      // Else bind() takes a port that no other connection may have, whatever its target; so the
      // choice is left to connect(), where the whole 4-tuple counts (ip(7)).
      config.setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
    }
  }
}
