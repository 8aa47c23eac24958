package myriad.server.variants;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.server.ServerCounters;

/** Takes connections from a non-blocking listener. Used by the thread of the loop it belongs to. */
final class SelectorAcceptor {

  /** After so many connections the loop's others have their turn. */
  private static final int BATCH = 128;

  private static final long NO_TIMEOUT_MILLIS = 0;

  private final ServerSocketChannel listener;
  private final SelectionKey key;
  private final List<SelectorLoop> loops;
  private final ServerCounters counters;
  private final AcceptBackoff backoff;
  private int nextLoop;
  private boolean paused;
  private long pausedUntilNs;

  private SelectorAcceptor(
      ServerSocketChannel listener,
      SelectionKey key,
      List<SelectorLoop> loops,
      ServerCounters counters) {
    this.listener = listener;
    this.key = key;
    this.loops = loops;
    this.counters = counters;
    this.backoff = new AcceptBackoff(counters);
  }

  /**
   * An acceptor that is attached to its listener's key in {@code selector}.
   *
   * @param loops who serves the connections, in turn
   */
  static SelectorAcceptor register(
      ServerSocketChannel listener,
      Selector selector,
      List<SelectorLoop> loops,
      ServerCounters counters)
      throws IOException {
    listener.configureBlocking(false);
    SelectionKey key = listener.register(selector, SelectionKey.OP_ACCEPT);
    SelectorAcceptor acceptor = new SelectorAcceptor(listener, key, loops, counters);
    key.attach(acceptor);
    return acceptor;
  }

  /** Takes what the kernel holds, up to a batch. */
  void acceptBatch() {
    try {
      for (int i = 0; i < BATCH; i++) {
        SocketChannel connection = listener.accept();
        if (connection == null) {
          return;
        }
        backoff.accepted();
        counters.accepted();
        loops.get(nextLoop).adopt(connection);
        nextLoop = (nextLoop + 1) % loops.size();
      }
    } catch (IOException failure) {
      paused = true;
      pausedUntilNs = System.nanoTime() + backoff.failed(failure).toNanos();
      key.interestOps(0);
    }
  }

  /** Accepts again if a pause is over; else the time to that, in ms, or 0 without a pause. */
  long resumeOrMillisToGo() {
    if (!paused) {
      return NO_TIMEOUT_MILLIS;
    }
    long leftNs = pausedUntilNs - System.nanoTime();
    if (leftNs > 0) {
      return TimeUnit.NANOSECONDS.toMillis(leftNs) + 1;
    }
    paused = false;
    key.interestOps(SelectionKey.OP_ACCEPT);
    return NO_TIMEOUT_MILLIS;
  }

  void close() {
    Closing.quietly(listener);
  }
}
