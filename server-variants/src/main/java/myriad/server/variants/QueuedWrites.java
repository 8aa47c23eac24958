package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * Writes by Netty's queue of each connection, flushed when a read is complete. They carry the void
 * promise, since nobody waits for one.
 */
final class QueuedWrites implements EchoWriter {

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // What fails arrives at exceptionCaught.
  public void echo(ChannelHandlerContext connection, ByteBuf received) {
    connection.write(
        EchoWriter.hasUntakenBytes(connection) ? inItsPlace(received, connection) : received,
        connection.voidPromise());
  }

  private static ByteBuf inItsPlace(ByteBuf received, ChannelHandlerContext connection) {
    try {
      return EchoWriter.copyOf(received, connection);
    } finally {
      received.release();
    }
  }

  @Override
  public void readComplete(ChannelHandlerContext connection) {
    connection.flush();
  }
}
