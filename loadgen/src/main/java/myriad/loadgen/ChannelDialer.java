package myriad.loadgen;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes wires over Netty channels: for every transport, and for TLS. */
final class ChannelDialer implements Dialer {

  /** The channel's own limits are out of the way: what is under way is bounded by the plan. */
  private static final WriteBufferWaterMark UNLIMITED_WRITES =
      new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE);

  private final LoadPlan plan;
  private final EventLoop eventLoop;
  private final ReflectiveChannelFactory<Channel> channels;
  private final boolean unix;
  private final @Nullable TlsHandshakes tls;

  ChannelDialer(LoadPlan plan, EventLoop eventLoop) {
    this.plan = plan;
    this.eventLoop = eventLoop;
    this.unix = plan.targets().getFirst() instanceof DomainSocketAddress;
    this.tls =
        plan.tls()
            .map(how -> new TlsHandshakes(how, plan.connectTimeout().toMillis()))
            .orElse(null);
    this.channels = new ReflectiveChannelFactory<>(plan.transport().channelType(unix));
  }

  @Override
  public Wire newWire(int id, Wire.Listener listener) {
    Channel channel = channels.newChannel();
    configure(channel.config());
    SocketAddress target = Dialer.targetOf(plan, id);
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc(), target));
    }
    SocketAddress source =
        Dialer.sourceOf(plan, id).map(address -> new InetSocketAddress(address, 0)).orElse(null);
    ChannelWire wire =
        new ChannelWire(new ChannelWire.Route(channel, source, target), tls != null, listener);
    channel.pipeline().addLast(wire);
    @Nullable Throwable unregistered = eventLoop.register(channel).cause();
    if (unregistered != null) {
      // A connect would tell no more than that the channel is closed.
      throw new UncheckedIOException(
          new IOException("the event loop takes no further socket", unregistered));
    }
    return wire;
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
