package myriad.loadgen;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Makes the sockets of one event loop, spread over the plan's targets and, for each target, over
 * its source addresses.
 */
interface Dialer {

  /**
   * A wire that is yet to be connected.
   *
   * @param id of the connection, which decides on its target and source
   * @throws RuntimeException if no socket could be made
   */
  Wire newWire(int id, Wire.Listener listener);

  /** What the plan needs: a channel, unless epoll alone will do. */
  static Dialer of(LoadPlan plan, EventLoop eventLoop) {
    return plan.transport() == Transport.EPOLL && plan.tls().isEmpty()
        ? new EpollDialer(plan, eventLoop)
        : new ChannelDialer(plan, eventLoop);
  }

  /** The target of a connection, by its id. */
  static SocketAddress targetOf(LoadPlan plan, int id) {
    return plan.targets().get(Math.floorMod(id, plan.targets().size()));
  }

  /** The source address of a connection, by its id; empty where the kernel chooses. */
  static Optional<InetAddress> sourceOf(LoadPlan plan, int id) {
    return plan.sources().isEmpty()
        ? Optional.empty()
        : Optional.of(
            plan.sources().get(Math.floorMod(id / plan.targets().size(), plan.sources().size())));
  }
}
