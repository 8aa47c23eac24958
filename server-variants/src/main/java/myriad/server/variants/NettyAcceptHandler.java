package myriad.server.variants;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import myriad.server.ServerCounters;

/**
 * In the pipeline of a listener: counts accepts that failed and pauses accepting. It stands before
 * Netty's own handler for this, which would pause for a whole second and count nothing.
 */
final class NettyAcceptHandler extends ChannelInboundHandlerAdapter {

  private final AcceptBackoff backoff;
  private boolean paused;

  NettyAcceptHandler(ServerCounters counters) {
    this.backoff = new AcceptBackoff(counters);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object connection) {
    backoff.accepted();
    context.fireChannelRead(connection);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (paused) {
      // An accept that was under way when the pause began. A second timer would end it early.
      return;
    }
    paused = true;
    context.channel().config().setAutoRead(false);
    long pauseNs = backoff.failed(cause).toNanos();
    ScheduledFuture<?> _ =
        context.executor().schedule(() -> resume(context), pauseNs, TimeUnit.NANOSECONDS);
  }

  private void resume(ChannelHandlerContext context) {
    paused = false;
    context.channel().config().setAutoRead(true);
  }
}
