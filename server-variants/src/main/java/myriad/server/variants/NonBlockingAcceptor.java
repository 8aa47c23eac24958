package myriad.server.variants;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Consumer;
import myriad.server.ServerCounters;

/**
 * Takes connections from a non-blocking listener, hands them out in turn, and leaves accept alone
 * for a while after it failed. Used by one thread.
 */
final class NonBlockingAcceptor {

  /** After so many connections the loop's others have their turn. */
  private static final int BATCH = 128;

  private final ServerSocketChannel listener;
  private final List<? extends Consumer<SocketChannel>> loops;
  private final ServerCounters counters;
  private final AcceptBackoff backoff;
  private int nextLoop;
  private boolean paused;
  private long pausedUntilNs;

  /**
   * @param listener in non-blocking mode; from now on the acceptor's
   * @param loops who serves the connections, in turn
   */
  NonBlockingAcceptor(
      ServerSocketChannel listener,
      List<? extends Consumer<SocketChannel>> loops,
      ServerCounters counters) {
    this.listener = listener;
    this.loops = loops;
    this.counters = counters;
    this.backoff = new AcceptBackoff(counters);
  }

  /** Takes what the kernel holds, up to a batch; how much that was. */
  int acceptBatch() {
    int taken = 0;
    try {
      while (taken < BATCH && takeOne()) {
        taken++;
      }
    } catch (IOException | OutOfMemoryError failure) {
      paused = true;
      pausedUntilNs = System.nanoTime() + backoff.failed(failure).toNanos();
    }
    return taken;
  }

  /** How long accept is to be left alone, in ns; 0 if it may be called. */
  long pauseLeftNs() {
    if (!paused) {
      return 0;
    }
    long leftNs = pausedUntilNs - System.nanoTime();
    paused = leftNs > 0;
    return Math.max(0, leftNs);
  }

  private boolean takeOne() throws IOException {
    SocketChannel connection = listener.accept();
    if (connection == null) {
      return false;
    }
    backoff.accepted();
    counters.accepted();
    handOver(connection);
    return true;
  }

  private void handOver(SocketChannel connection) {
    try {
      loops.get(nextLoop).accept(connection);
      nextLoop = (nextLoop + 1) % loops.size();
    } catch (OutOfMemoryError failure) {
      Closing.quietly(connection);
      counters.closed(SocketFailures.closeKind(failure));
      throw failure;
    }
  }

  void close() {
    Closing.quietly(listener);
  }
}
