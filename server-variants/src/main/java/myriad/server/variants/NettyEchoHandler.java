package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/**
 * The one echo handler of all connections of a Netty server. It holds no state, so that a
 * connection costs no handler of its own; why a connection closes is attached to it only when it
 * does.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // What fails arrives at exceptionCaught.
final class NettyEchoHandler extends ChannelInboundHandlerAdapter {

  private static final AttributeKey<CloseKind> CLOSE_KIND =
      AttributeKey.valueOf(NettyEchoHandler.class, "CLOSE_KIND");

  private final Set<Channel> connections;
  private final ServerCounters counters;
  private final EchoWriter writer;
  private final Function<Throwable, CloseKind> closeKind;
  private final BooleanSupplier cuttingOff;

  /**
   * @param connections kept to be the open ones; written by all loops
   * @param writer writes back what is read
   * @param closeKind what a failure says about the close that follows it
   * @param cuttingOff whether the server closes connections by itself
   */
  NettyEchoHandler(
      Set<Channel> connections,
      ServerCounters counters,
      EchoWriter writer,
      Function<Throwable, CloseKind> closeKind,
      BooleanSupplier cuttingOff) {
    this.connections = connections;
    this.counters = counters;
    this.writer = writer;
    this.closeKind = closeKind;
    this.cuttingOff = cuttingOff;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    counters.accepted();
    connections.add(context.channel());
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf received = (ByteBuf) message;
    int bytes = received.readableBytes();
    counters.bytesIn(bytes);
    counters.bytesOut(bytes);
    writer.echo(context, received);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    writer.readComplete(context);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    boolean peerReads = context.channel().isWritable();
    if (!peerReads) {
      counters.backPressurePaused();
    }
    context.channel().config().setAutoRead(peerReads);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      setCloseKind(context, CloseKind.PEER_FINISHED);
      writer.finish(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    setCloseKind(context, closeKind.apply(cause));
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    CloseKind kind = context.channel().attr(CLOSE_KIND).get();
    if (kind == null) {
      kind = cuttingOff.getAsBoolean() ? CloseKind.SERVER_STOPPED : CloseKind.FAILED;
    }
    connections.remove(context.channel());
    counters.closed(kind);
  }

  /** The first reason counts: what follows is its consequence. */
  private static void setCloseKind(ChannelHandlerContext context, CloseKind kind) {
    Attribute<CloseKind> attribute = context.channel().attr(CLOSE_KIND);
    attribute.setIfAbsent(kind);
  }
}
