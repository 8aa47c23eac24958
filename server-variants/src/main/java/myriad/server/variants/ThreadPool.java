package myriad.server.variants;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import myriad.server.Availability;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;
import myriad.server.ServerVariant;

/**
 * A bounded pool of platform threads, each serving one connection to its end, as classic
 * application servers do.
 *
 * <p><b>What blocks:</b> a pool thread, in read and in write of the connection it serves.
 *
 * <p><b>What wakes:</b> the kernel's scheduler, as with a thread a connection; the number of
 * threads it has to choose from is bounded.
 *
 * <p><b>Who owns a connection:</b> first the pool's queue, then one thread until it closes.
 *
 * <p><b>What a connection costs:</b> a thread if it is served; else a descriptor and a place in the
 * queue.
 *
 * <p><b>Where it ends:</b> at the number of threads. A connection beyond it is accepted at once and
 * then waits: its connect succeeds, what it sends is kept by the kernel, and nothing comes back
 * until a connection that is served has closed. Connections are served in the order in which they
 * came. For short requests that is a queue; for long-lived connections it is starvation, and a
 * client can tell it from a slow server only by its own timeout.
 */
public final class ThreadPool implements ServerVariant {

  private static final int DEFAULT_THREADS = 200;

  @Override
  public String id() {
    return "thread-pool";
  }

  @Override
  public String model() {
    return "bounded pool of platform threads, blocking; further connections wait";
  }

  @Override
  public String needs() {
    return "a thread a served connection";
  }

  @Override
  public OptionalInt capacity(ServerConfig config) {
    return OptionalInt.of(threads(config));
  }

  @Override
  public Availability probe(ServerConfig config) {
    return HostLimits.ofThisHost().bear(demand(config), "");
  }

  /** A thread and a descriptor for each connection that is served at once. */
  static Demand demand(ServerConfig config) {
    int threads = threads(config);
    return new Demand("a pool of %,d threads".formatted(threads), threads, threads);
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    ThreadFactory factory = ThreadNames.factory(id(), "pool");
    ServerCounters counters = new ServerCounters();
    return BlockingServer.start(
        id(),
        config,
        Executors.newFixedThreadPool(threads(config), factory),
        new PlatformThreadEcho(config.bufferBytes(), counters),
        counters);
  }

  private static int threads(ServerConfig config) {
    return config.threadsOr(DEFAULT_THREADS);
  }
}
