package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** A wire over a Netty channel: for every transport, and for TLS. */
@SuppressWarnings("FutureReturnValueIgnored") // failures reach exceptionCaught or channelInactive
final class ChannelWire extends ChannelInboundHandlerAdapter implements Wire {

  private final Route route;
  private final Channel channel;
  private final boolean tls;
  private final Listener listener;

  /**
   * Where a channel leads.
   *
   * @param source null where the kernel chooses
   */
  record Route(Channel channel, @Nullable SocketAddress source, SocketAddress target) {}

  /**
   * The wire of a channel that is yet to be connected; to be added to its pipeline.
   *
   * @param tls whether a handshake is part of connecting
   */
  ChannelWire(Route route, boolean tls, Listener listener) {
    this.route = route;
    this.channel = route.channel();
    this.tls = tls;
    this.listener = listener;
  }

  @Override
  public void connect() {
    channel
        .connect(route.target(), route.source())
        .addListener(
            future -> {
              if (!future.isSuccess()) {
                listener.failed(future.cause());
              }
            });
  }

  @Override
  public ByteBuf buffer(int bytes) {
    return channel.alloc().directBuffer(bytes, bytes);
  }

  @Override
  public void write(ByteBuf filled) {
    channel.write(filled, channel.voidPromise());
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public void close() {
    if (channel.isOpen()) {
      channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!tls) {
      listener.connected();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        listener.connected();
      } else {
        listener.handshakeFailed(handshake.cause());
        ctx.close();
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      listener.received(in);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    listener.receivedAll();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    listener.ended();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof ClosedChannelException && !ctx.channel().isOpen()) {
      // A write met a close that Netty has yet to tell of: channelInactive does, and is the reason.
      return;
    }
    listener.failed(cause);
    ctx.close();
  }
}
