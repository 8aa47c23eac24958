package myriad.server.variants;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.util.function.Consumer;
import myriad.server.ServerCounters;

/** A listener of a loop that waits with epoll. */
final class EpollListener extends NettyListener implements EpollIoHandle {

  EpollListener(
      Socket socket, IoEventLoop loop, ServerCounters counters, Consumer<Socket> connections) {
    super(socket, loop, counters, connections);
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration unused, IoEvent ready) {
    acceptAll();
  }

  @Override
  void awaitConnections() {
    registration().submit(EpollIoOps.EPOLLIN);
  }

  @Override
  void stopWaiting() {
    // Netty takes a socket that waits for nothing from its epoll instance, and does not put it
    // back.
    registration().submit(EpollIoOps.EPOLLERR);
  }
}
