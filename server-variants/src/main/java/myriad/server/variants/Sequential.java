package myriad.server.variants;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import myriad.server.Availability;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;
import myriad.server.ServerVariant;
import org.jspecify.annotations.Nullable;

/**
 * One blocking thread that serves one connection to its end, then accepts the next: the C1
 * baseline, and what each process of {@link Prefork} runs.
 *
 * <p><b>What blocks:</b> the only thread, in accept, read and write; and with it everybody else.
 *
 * <p><b>What wakes:</b> the kernel's scheduler, when the one socket at hand is ready.
 *
 * <p><b>Who owns a connection:</b> the only thread. There is nothing to share it with.
 *
 * <p><b>What a connection costs:</b> a descriptor and a buffer, once. One message costs as little
 * as it can: a read, a write, a switch of context.
 *
 * <p><b>Where it ends:</b> at one connection. The kernel completes the handshake of further ones up
 * to the backlog; they are connected, may send, and hear nothing until their turn. Beyond the
 * backlog the kernel drops the handshake, and a client retries after a second.
 */
public final class Sequential implements ServerVariant {

  @Override
  public String id() {
    return "sequential";
  }

  @Override
  public String model() {
    return "one blocking thread, one connection at a time";
  }

  @Override
  public String needs() {
    return "nothing beyond the JDK";
  }

  @Override
  public OptionalInt capacity(ServerConfig config) {
    return OptionalInt.of(1);
  }

  @Override
  public boolean fixesItsThreads() {
    return true;
  }

  @Override
  public Availability probe(ServerConfig config) {
    return HostLimits.ofThisHost().bear(new Demand("one thread", 1, 1), "");
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    ServerCounters counters = new ServerCounters();
    return BlockingServer.start(
        id(),
        config,
        new AcceptingThread(),
        new PlatformThreadEcho(config.bufferBytes(), counters),
        counters);
  }

  /** Serves on the thread that accepted, which so does not accept meanwhile. */
  private static final class AcceptingThread extends AbstractExecutorService {

    private @Nullable Thread serving;
    private boolean shutDown;

    @Override
    public void execute(Runnable connection) {
      synchronized (this) {
        if (shutDown) {
          throw new RejectedExecutionException();
        }
        serving = Thread.currentThread();
      }
      try {
        connection.run();
      } finally {
        synchronized (this) {
          serving = null;
          notifyAll();
        }
      }
    }

    @Override
    public synchronized void shutdown() {
      shutDown = true;
    }

    @Override
    public synchronized List<Runnable> shutdownNow() {
      shutDown = true;
      if (serving != null) {
        serving.interrupt();
      }
      return List.of();
    }

    @Override
    public synchronized boolean isShutdown() {
      return shutDown;
    }

    @Override
    public synchronized boolean isTerminated() {
      return shutDown && serving == null;
    }

    @Override
    public synchronized boolean awaitTermination(long timeout, TimeUnit unit)
        throws InterruptedException {
      long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
      while (!isTerminated()) {
        long leftNs = deadlineNs - System.nanoTime();
        if (leftNs <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, leftNs);
      }
      return true;
    }
  }
}
