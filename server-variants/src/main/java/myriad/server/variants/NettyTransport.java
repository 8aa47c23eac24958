package myriad.server.variants;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import java.util.Map;

/**
 * What tells one native transport of Netty from another.
 *
 * @param ioHandlers makes what an event loop waits with
 * @param serverChannel the class of listeners
 * @param reusePort the transport's {@code SO_REUSEPORT}
 * @param connectionOptions further options of accepted connections
 */
record NettyTransport(
    IoHandlerFactory ioHandlers,
    Class<? extends ServerChannel> serverChannel,
    ChannelOption<Boolean> reusePort,
    Map<ChannelOption<?>, Object> connectionOptions) {}
