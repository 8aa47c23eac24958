package myriad.server.variants;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What tells one native transport of Netty from another.
 *
 * @param ioHandlers makes what an event loop waits with
 * @param serverChannel the class of listeners
 * @param reusePort the transport's {@code SO_REUSEPORT}
 * @param readBuffers what connections read into, for the most bytes of a read
 * @param flush what is done where a connection has been read from and its echo written, as far as
 *     Netty: {@link ChannelHandlerContext#flush}, if not a better time is known
 * @param connectionOptions further options of accepted connections
 */
record NettyTransport(
    IoHandlerFactory ioHandlers,
    Class<? extends ServerChannel> serverChannel,
    ChannelOption<Boolean> reusePort,
    IntFunction<RecvByteBufAllocator> readBuffers,
    Consumer<ChannelHandlerContext> flush,
    Map<ChannelOption<?>, Object> connectionOptions) {}
