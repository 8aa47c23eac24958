package myriad.loadgen;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import org.jspecify.annotations.Nullable;

/** How the load generator talks to the kernel. Never replaced by another in silence. */
public enum Transport {
  EPOLL,
  IO_URING,
  NIO;

  /** Why this transport cannot be used on this host; null if it can. */
  public @Nullable Throwable unavailabilityCause() {
    return switch (this) {
      case EPOLL -> Epoll.unavailabilityCause();
      case IO_URING -> IoUring.unavailabilityCause();
      case NIO -> null;
    };
  }

  IoHandlerFactory newIoHandlerFactory() {
    return switch (this) {
      case EPOLL -> EpollIoHandler.newFactory();
      case IO_URING -> IoUringIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    };
  }

  /**
   * How long before something is due a loop that sleeps polls instead. {@code epoll_pwait2} with so
   * near a timer takes 8 to 9 µs of CPU on a virtual machine, which has to ask its host for the
   * timer, and returns 20 µs late: with 100,000 messages a second it kept a loop busy all the time,
   * and polling 68 %. Where server and generator shared two CPUs, 20 µs made lag at p99 half as
   * much again, and 10 µs did not. Netty's io_uring allocates in each round, and so is not to poll.
   */
  long polledBeforeDueNs() {
    return switch (this) {
      case EPOLL, NIO -> 10_000;
      case IO_URING -> 0;
    };
  }

  /** Whether it can connect to Unix domain sockets. */
  boolean hasUnixSockets() {
    return this == EPOLL;
  }

  /** Whether a source address leaves its port open until the target is known (ip(7)). */
  boolean sharesPortsOfSources() {
    return this == EPOLL;
  }

  Class<? extends Channel> channelType(boolean unix) {
    return switch (this) {
      case EPOLL -> unix ? EpollDomainSocketChannel.class : EpollSocketChannel.class;
      case IO_URING -> IoUringSocketChannel.class;
      case NIO -> NioSocketChannel.class;
    };
  }
}
