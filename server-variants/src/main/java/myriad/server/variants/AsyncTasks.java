package myriad.server.variants;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import myriad.server.Availability;
import myriad.server.CloseKind;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;
import myriad.server.ServerVariant;
import myriad.server.async.AcceptPolicy;
import myriad.server.async.CancelledError;
import myriad.server.async.CarrierChoice;
import myriad.server.async.Connection;
import myriad.server.async.LoopThread;
import myriad.server.async.StreamReader;
import myriad.server.async.StreamServer;
import myriad.server.async.StreamWriter;
import myriad.server.async.Streams;

/**
 * A coroutine a connection, on one or several event loops: code that reads like a thread's, and
 * runs like a callback.
 *
 * <p><b>What blocks:</b> nothing but the loop, while no socket is ready. An await only sets the
 * coroutine aside.
 *
 * <p><b>What wakes:</b> epoll, once for all sockets that became ready in the meantime; the loop
 * then resumes the coroutines that waited for them, one after the other.
 *
 * <p><b>Who owns a connection:</b> its coroutine, a task of the loop that accepted it. All loops
 * accept from the one listener.
 *
 * <p><b>What a connection costs:</b> a channel, a selection key, a task and its suspended stack. A
 * loop's connections receive into one buffer, so that a message makes no buffer; bytes are kept for
 * a connection only while its peer does not take them, and then its coroutine waits in drain: that
 * is the back-pressure.
 *
 * <p><b>Where it ends:</b> at the memory of the host, or at one core a loop. A coroutine that
 * blocked would hold up every connection of its loop.
 */
public final class AsyncTasks implements ServerVariant {

  private static final String ID = "async-tasks";
  private static final int DEFAULT_LOOPS = 1;

  /** An epoll instance, and what wakes it. */
  private static final int DESCRIPTORS_A_LOOP = 2;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String model() {
    return "coroutines on event loops, with the semantics of asyncio";
  }

  @Override
  public String needs() {
    return "nothing beyond the JDK; fast with its continuations";
  }

  @Override
  public Availability probe(ServerConfig config) {
    try {
      CarrierChoice carrier = CarrierChoice.inUse();
      return HostLimits.ofThisHost()
          .bear(demand(config), "carrier " + carrier.id() + ": " + carrier.reason());
    } catch (IllegalStateException refused) {
      return new Availability.Unavailable(
          "no carrier of coroutines",
          String.valueOf(refused.getMessage()),
          "leave the system property " + CarrierChoice.PROPERTY + " out");
    }
  }

  private static Demand demand(ServerConfig config) {
    return Demand.ofLoops(config.threadsOr(DEFAULT_LOOPS), DESCRIPTORS_A_LOOP);
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    ServerCounters counters = new ServerCounters();
    ServerSocketChannel listener = Listeners.open(config);
    List<LoopThread> loops = new ArrayList<>();
    List<StreamServer> servers = new ArrayList<>();
    try {
      for (int i = 0; i < config.threadsOr(DEFAULT_LOOPS); i++) {
        String name = ThreadNames.prefix(ID, "loop") + i;
        loops.add(new LoopThread(name, StoppableServer.CUT_OFF_LIMIT));
      }
      startAll(loops);
      for (LoopThread loop : loops) {
        servers.add(listen(loop, listener, config.bufferBytes(), counters));
      }
      InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
      return new Server(address, loops, servers, counters);
    } catch (IOException | RuntimeException failure) {
      Closing.quietly(listener);
      Closing.all(loops.stream().<Runnable>map(loop -> loop::close).toList());
      throw failure;
    }
  }

  private static void startAll(List<LoopThread> loops) throws IOException {
    try {
      loops.forEach(LoopThread::start);
    } catch (OutOfMemoryError noThread) {
      throw LoopThreads.refused("an event loop of " + ID, noThread);
    }
  }

  private static StreamServer listen(
      LoopThread loop, ServerSocketChannel listener, int bufferBytes, ServerCounters counters)
      throws IOException {
    Echo echo = new Echo(bufferBytes, counters);
    AcceptPolicy policy = new CountingAcceptPolicy(new AcceptBackoff(counters), counters);
    try {
      return loop.loop()
          .submit(() -> Streams.startServer(loop.loop(), listener, echo, policy))
          .orTimeout(StoppableServer.CUT_OFF_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException refused) {
      throw new IOException("an event loop of " + ID + " cannot listen", refused.getCause());
    }
  }

  /**
   * What every connection of a loop runs. Nothing awaits between read and write: the loop's buffer,
   * which all its connections share, does for both.
   */
  private static final class Echo implements Connection.Handler {
    private final int bufferBytes;
    private final ServerCounters counters;

    Echo(int bufferBytes, ServerCounters counters) {
      this.bufferBytes = bufferBytes;
      this.counters = counters;
    }

    @Override
    public void handle(StreamReader reader, StreamWriter writer) {
      CloseKind kind = CloseKind.FAILED;
      try {
        kind = echo(reader, writer);
      } catch (IOException failure) {
        kind = SocketFailures.closeKind(failure);
      } catch (CancelledError stopped) {
        kind = CloseKind.SERVER_STOPPED;
      } finally {
        writer.abort();
        counters.closed(kind);
      }
    }

    private CloseKind echo(StreamReader reader, StreamWriter writer) throws IOException {
      writer.setWriteBufferLimits(0, 0);
      while (true) {
        ByteBuffer received = reader.readShared(bufferBytes);
        int count = received.remaining();
        if (count == 0) {
          return CloseKind.PEER_FINISHED;
        }
        counters.bytesIn(count);
        writer.write(received);
        if (writer.isPaused()) {
          counters.backPressurePaused();
        }
        writer.drain();
        counters.bytesOut(count);
      }
    }
  }

  private static final class Server extends StoppableServer {
    private final InetSocketAddress address;
    private final List<LoopThread> loops;
    private final List<StreamServer> servers;

    Server(
        InetSocketAddress address,
        List<LoopThread> loops,
        List<StreamServer> servers,
        ServerCounters counters) {
      super(counters);
      this.address = address;
      this.loops = loops;
      this.servers = servers;
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    @Override
    void stopListening() {
      Closing.all(onEachLoop((loop, server) -> loop.call(server::close)));
    }

    @Override
    void cutOff() {
      List<Runnable> steps = onEachLoop((loop, server) -> loop.call(server::cancelConnections));
      steps.addAll(onEachLoop((loop, server) -> loop.call(server::waitClosed)));
      steps.addAll(onEachLoop((loop, _) -> loop.close()));
      Closing.all(steps);
    }

    private List<Runnable> onEachLoop(BiConsumer<LoopThread, StreamServer> step) {
      List<Runnable> steps = new ArrayList<>();
      for (int i = 0; i < loops.size(); i++) {
        LoopThread loop = loops.get(i);
        StreamServer server = servers.get(i);
        steps.add(() -> step.accept(loop, server));
      }
      return steps;
    }
  }

  private record CountingAcceptPolicy(AcceptBackoff backoff, ServerCounters counters)
      implements AcceptPolicy {

    @Override
    public void accepted() {
      backoff.accepted();
      counters.accepted();
    }

    @Override
    public Duration afterFailure(IOException failure) {
      return backoff.failed(failure);
    }
  }
}
