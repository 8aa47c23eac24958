package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * How a {@link NettyEchoHandler} writes back what it was given. Called on the loop of the
 * connection; what fails arrives at the handler's {@code exceptionCaught}.
 */
interface EchoWriter {

  /** Echoes {@code received}, which is the writer's from now on, behind all before it. */
  void echo(ChannelHandlerContext connection, ByteBuf received);

  /** A read is complete: what it brought has all been given to {@link #echo}. */
  void readComplete(ChannelHandlerContext connection);

  /** Closes the connection behind all that is still to be written, so that its peer gets it. */
  @SuppressWarnings("FutureReturnValueIgnored") // What fails arrives at exceptionCaught.
  default void finish(ChannelHandlerContext connection) {
    connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Whether Netty has bytes of the connection that were not written yet. */
  static boolean hasUntakenBytes(ChannelHandlerContext connection) {
    ChannelOutboundBuffer untaken = connection.channel().unsafe().outboundBuffer();
    return untaken != null && !untaken.isEmpty();
  }

  /** A copy: what is to be kept for long keeps no more memory than it needs. */
  static ByteBuf copyOf(ByteBuf bytes, ChannelHandlerContext connection) {
    int length = bytes.readableBytes();
    return connection.alloc().directBuffer(length, length).writeBytes(bytes);
  }
}
