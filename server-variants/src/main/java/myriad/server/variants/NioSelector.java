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
 * the server, the more messages a wake-up serves.
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
  public Availability probe() {
    return new Availability.Available("");
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    ServerCounters counters = new ServerCounters();
    ServerSocketChannel listener = Listeners.open(config);
    List<SelectorLoop> loops = new ArrayList<>();
    try {
      for (int i = 0; i < loopCount(config); i++) {
        loops.add(new SelectorLoop(config.bufferBytes(), counters));
      }
      loops.getFirst().acceptFrom(listener, loops);
      return new Server((InetSocketAddress) listener.getLocalAddress(), loops, counters);
    } catch (IOException | RuntimeException failure) {
      Closing.quietly(listener);
      loops.forEach(SelectorLoop::discard);
      throw failure;
    }
  }

  private static int loopCount(ServerConfig config) {
    return config.threads() == ServerConfig.VARIANT_DEFAULT ? DEFAULT_LOOPS : config.threads();
  }

  private final class Server extends StoppableServer {

    private final InetSocketAddress address;
    private final List<SelectorLoop> loops;
    private final List<Thread> threads = new ArrayList<>();

    Server(InetSocketAddress address, List<SelectorLoop> loops, ServerCounters counters) {
      super(counters);
      this.address = address;
      this.loops = loops;
      for (SelectorLoop loop : loops) {
        String name = ThreadNames.prefix(id(), "loop") + threads.size();
        threads.add(Thread.ofPlatform().name(name).start(loop));
      }
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
      threads.forEach(thread -> Ending.await(thread, CUT_OFF_LIMIT));
    }
  }
}
