package myriad.loadgen;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/** Makes wires straight on Netty's epoll. */
final class EpollDialer implements Dialer {

  /** {@code IPPROTO_IP} and {@code IP_BIND_ADDRESS_NO_PORT} of Linux's {@code <netinet/in.h>}. */
  private static final int IPPROTO_IP = 0;

  private static final int IP_BIND_ADDRESS_NO_PORT = 24;

  private final LoadPlan plan;
  private final EpollWireLoop loop;

  EpollDialer(LoadPlan plan, EventLoop eventLoop) {
    this.plan = plan;
    this.loop = new EpollWireLoop((IoEventLoop) eventLoop, plan.connectTimeout().toMillis());
  }

  @Override
  public Wire newWire(int id, Wire.Listener listener) {
    SocketAddress target = Dialer.targetOf(plan, id);
    LinuxSocket socket = newSocket(target);
    try {
      Optional<InetAddress> source = Dialer.sourceOf(plan, id);
      if (source.isPresent()) {
        // Else bind() takes a port that no other connection may have, whatever its target; so the
        // choice is left to connect(), where the whole 4-tuple counts (ip(7)).
        socket.setIntOpt(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
        socket.bind(new InetSocketAddress(source.get(), 0));
      }
      if (target instanceof InetSocketAddress) {
        socket.setTcpNoDelay(true);
      }
      return new EpollWire(loop, socket, target, listener);
    } catch (IOException failure) {
      throw closing(socket, failure);
    }
  }

  private static LinuxSocket newSocket(SocketAddress target) {
    return switch (target) {
      case DomainSocketAddress _ -> LinuxSocket.newSocketDomain();
      case InetSocketAddress inet when inet.getAddress() instanceof Inet6Address ->
          LinuxSocket.newSocketStream(SocketProtocolFamily.INET6);
      default -> LinuxSocket.newSocketStream(SocketProtocolFamily.INET);
    };
  }

  private static UncheckedIOException closing(LinuxSocket socket, IOException failure) {
    try {
      socket.close();
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
    return new UncheckedIOException(failure);
  }
}
