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
 * Non-blocking sockets, asked round and round whether something has arrived, without a selector:
 * what servers did before readiness could be asked for, and what the fastest do again on dedicated
 * cores.
 *
 * <p><b>What blocks:</b> nothing. A loop that found nothing in a round offers its core to other
 * threads, and goes on.
 *
 * <p><b>What wakes:</b> nothing needs to: the loop is never asleep. With a handful of busy
 * connections that is the shortest way from arrival to answer.
 *
 * <p><b>Who owns a connection:</b> the one loop it was handed to. The first loop accepts for all.
 *
 * <p><b>What a connection costs:</b> a system call each round, whether anything has arrived or not;
 * and a core a loop, even with no connection at all.
 *
 * <p><b>Where it ends:</b> at the CPU. A round over a thousand sockets takes about as many system
 * calls as a selector needs to serve hundreds of messages, so latency grows with the number of
 * connections, idle ones included.
 */
public final class BusyPoll implements ServerVariant {

  private static final int DEFAULT_LOOPS = 1;

  @Override
  public String id() {
    return "busy-poll";
  }

  @Override
  public String model() {
    return "non-blocking sockets, polled round and round";
  }

  @Override
  public String needs() {
    return "a core a loop, all the time";
  }

  @Override
  public Availability probe(ServerConfig config) {
    return HostLimits.ofThisHost().bear(demand(config), "");
  }

  private static Demand demand(ServerConfig config) {
    return Demand.ofLoops(config.threadsOr(DEFAULT_LOOPS), 0);
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    ServerSocketChannel listener = Listeners.open(config);
    try {
      return start(config, listener);
    } catch (IOException | RuntimeException failure) {
      Closing.quietly(listener);
      throw failure;
    }
  }

  private RunningServer start(ServerConfig config, ServerSocketChannel listener)
      throws IOException {
    listener.configureBlocking(false);
    ServerCounters counters = new ServerCounters();
    InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
    List<PollLoop> loops = new ArrayList<>();
    for (int i = 0; i < config.threadsOr(DEFAULT_LOOPS); i++) {
      loops.add(new PollLoop(config.bufferBytes(), counters));
    }
    loops.getFirst().acceptFrom(listener, loops);
    LoopThreads threads =
        LoopThreads.start(
            ThreadNames.prefix(id(), "loop"), loops, () -> loops.forEach(PollLoop::end));
    return new Server(address, loops, threads, counters);
  }

  private static final class Server extends StoppableServer {

    private final InetSocketAddress address;
    private final List<PollLoop> loops;
    private final LoopThreads threads;

    Server(
        InetSocketAddress address,
        List<PollLoop> loops,
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
      loops.forEach(PollLoop::end);
      threads.awaitEnd(CUT_OFF_LIMIT);
    }
  }
}
