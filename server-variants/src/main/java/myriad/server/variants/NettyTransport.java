package myriad.server.variants;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What tells one native transport of Netty from another.
 *
 * @param ioHandlers makes what an event loop waits with
 * @param serverChannel the class of listeners
 * @param reusePort the transport's {@code SO_REUSEPORT}
 * @param readBuffers what connections read into, for the most bytes of a read
 * @param writer how what was read is written back
 * @param connectionOptions further options of accepted connections
 */
record NettyTransport(
    IoHandlerFactory ioHandlers,
    Class<? extends ServerChannel> serverChannel,
    ChannelOption<Boolean> reusePort,
    IntFunction<RecvByteBufAllocator> readBuffers,
    EchoWriter writer,
    Map<ChannelOption<?>, Object> connectionOptions) {}
