package myriad.server.variants;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import myriad.server.Availability;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;
import myriad.server.ServerVariant;

/**
 * Non-blocking sockets, readiness from a {@link java.nio.channels.Selector}, callbacks on one or
 * several event loops: the reactor, with nothing but the JDK.
 *
 * <p><b>What blocks:</b> only {@code select}, while no socket of the loop is ready.
 *
 * <p><b>What wakes:</b> epoll, once for all sockets that became ready in the meantime; the busier
 * the server, the more messages a wake-up serves. Sockets whose peers answer at once are read from
 * again before the selector is asked about them.
 *
 * <p><b>Who owns a connection:</b> the one loop it was handed to, for its whole life. The first
 * loop accepts for all and hands connections out in turn.
 *
 * <p><b>What a connection costs:</b> a channel, a selection key and an entry in two tables. All
 * connections of a loop share one read buffer; bytes are kept for a connection only while its peer
 * does not take them, and then nothing is read from it: that is the back-pressure.
 *
 * <p><b>Where it ends:</b> at the memory of the host, or at one core a loop. A callback that
 * blocked would hold up every connection of its loop.
 */
public final class NioSelector implements ServerVariant {

  private static final int DEFAULT_LOOPS = 1;

  /** An epoll instance, and what wakes it. */
  private static final int DESCRIPTORS_A_LOOP = 2;

  @Override
  public String id() {
    return "nio-selector";
  }

  @Override
  public String model() {
    return "JDK Selector, callbacks on event loops";
  }

  @Override
  public String needs() {
    return "nothing beyond the JDK";
  }

  @Override
  public Availability probe(ServerConfig config) {
    return HostLimits.ofThisHost().bear(demand(config), "");
  }

  private static Demand demand(ServerConfig config) {
    return Demand.ofLoops(config.threadsOr(DEFAULT_LOOPS), DESCRIPTORS_A_LOOP);
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    ServerSocketChannel listener = Listeners.open(config);
    List<SelectorLoop> loops = new ArrayList<>();
    try {
      return start(config, listener, loops);
    } catch (IOException | RuntimeException failure) {
      Closing.quietly(listener);
      loops.forEach(SelectorLoop::discard);
      throw failure;
    }
  }

  private RunningServer start(
      ServerConfig config, ServerSocketChannel listener, List<SelectorLoop> loops)
      throws IOException {
    ServerCounters counters = new ServerCounters();
    InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
    for (int i = 0; i < config.threadsOr(DEFAULT_LOOPS); i++) {
      loops.add(new SelectorLoop(config.bufferBytes(), counters));
    }
    loops.getFirst().acceptFrom(listener, loops);
    LoopThreads threads =
        LoopThreads.start(
            ThreadNames.prefix(id(), "loop"), loops, () -> loops.forEach(SelectorLoop::end));
    return new Server(address, loops, threads, counters);
  }

  private static final class Server extends StoppableServer {

    private final InetSocketAddress address;
    private final List<SelectorLoop> loops;
    private final LoopThreads threads;

    Server(
        InetSocketAddress address,
        List<SelectorLoop> loops,
        LoopThreads threads,
        ServerCounters counters) {
      super(counters);
      this.address = address;
      this.loops = loops;
      this.threads = threads;
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    @Override
    void stopListening() {
      loops.getFirst().stopAccepting(CUT_OFF_LIMIT);
    }

    @Override
    void cutOff() {
      loops.forEach(SelectorLoop::end);
      threads.awaitEnd(CUT_OFF_LIMIT);
    }
  }
}
