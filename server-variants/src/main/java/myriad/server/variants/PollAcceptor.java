package myriad.server.variants;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import myriad.server.ServerCounters;

/** Asks a non-blocking listener for connections. Used by the thread of the loop it belongs to. */
final class PollAcceptor {

  /** After so many connections the loop's others have their turn. */
  private static final int BATCH = 128;

  private final ServerSocketChannel listener;
  private final List<PollLoop> loops;
  private final ServerCounters counters;
  private final AcceptBackoff backoff;
  private int nextLoop;
  private boolean paused;
  private long pausedUntilNs;

  /**
   * @param listener in non-blocking mode
   * @param loops who serves the connections, in turn
   */
  PollAcceptor(ServerSocketChannel listener, List<PollLoop> loops, ServerCounters counters) {
    this.listener = listener;
    this.loops = loops;
    this.counters = counters;
    this.backoff = new AcceptBackoff(counters);
  }

  /** Takes what the kernel holds, up to a batch; whether that was anything. */
  boolean poll() {
    if (paused && System.nanoTime() - pausedUntilNs < 0) {
      return false;
    }
    paused = false;
    int taken = 0;
    try {
      while (taken < BATCH && takeOne()) {
        taken++;
      }
    } catch (IOException failure) {
      paused = true;
      pausedUntilNs = System.nanoTime() + backoff.failed(failure).toNanos();
    }
    return taken > 0;
  }

  private boolean takeOne() throws IOException {
    SocketChannel connection = listener.accept();
    if (connection == null) {
      return false;
    }
    backoff.accepted();
    counters.accepted();
    loops.get(nextLoop).adopt(connection);
    nextLoop = (nextLoop + 1) % loops.size();
    return true;
  }

  void close() {
    Closing.quietly(listener);
  }
}
