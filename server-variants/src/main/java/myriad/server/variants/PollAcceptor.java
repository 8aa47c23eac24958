package myriad.server.variants;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import myriad.server.ServerCounters;

/** Asks a non-blocking listener for connections. Used by the thread of the loop it belongs to. */
final class PollAcceptor {

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

  /** Takes one connection if there is one; whether there was. */
  boolean poll() {
    if (paused && System.nanoTime() - pausedUntilNs < 0) {
      return false;
    }
    paused = false;
    try {
      SocketChannel connection = listener.accept();
      if (connection == null) {
        return false;
      }
      backoff.accepted();
      counters.accepted();
      loops.get(nextLoop).adopt(connection);
      nextLoop = (nextLoop + 1) % loops.size();
      return true;
    } catch (IOException failure) {
      paused = true;
      pausedUntilNs = System.nanoTime() + backoff.failed(failure).toNanos();
      return false;
    }
  }

  void close() {
    Closing.quietly(listener);
  }
}
