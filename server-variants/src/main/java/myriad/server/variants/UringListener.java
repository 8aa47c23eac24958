package myriad.server.variants;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import java.util.function.Consumer;
import myriad.server.ServerCounters;

/** A listener of a loop that waits with io_uring, by a poll that stays in the kernel. */
final class UringListener extends NettyListener implements IoUringIoHandle {

  private long poll;

  UringListener(
      Socket socket, IoEventLoop loop, ServerCounters counters, Consumer<Socket> connections) {
    super(socket, loop, counters, connections);
  }

  @Override
  public void handle(IoRegistration unused, IoEvent done) {
    IoUringIoEvent completion = (IoUringIoEvent) done;
    if (completion.opcode() != UringOps.POLL || completion.res() == UringOps.CANCELLED) {
      return;
    }
    if (completion.res() < 0) {
      failed(Errors.newIOException("poll", completion.res()));
      return;
    }
    acceptAll();
    if (!UringOps.goesOn(completion) && isAccepting()) {
      awaitConnections();
    }
  }

  @Override
  void awaitConnections() {
    poll = registration().submit(UringOps.pollAlways(socket, UringOps.POLLIN, 0));
  }

  @Override
  void stopWaiting() {
    registration().submit(UringOps.cancel(poll));
  }
}
