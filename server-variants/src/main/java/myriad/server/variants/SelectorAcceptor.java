package myriad.server.variants;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.server.ServerCounters;

/**
 * A listener's place in a selector, which is not asked about it while accept is left alone. Used by
 * the thread of the loop it belongs to.
 */
final class SelectorAcceptor {

  private static final long NO_TIMEOUT_MILLIS = 0;

  private final NonBlockingAcceptor acceptor;
  private final SelectionKey key;
  private boolean asked = true;

  private SelectorAcceptor(NonBlockingAcceptor acceptor, SelectionKey key) {
    this.acceptor = acceptor;
    this.key = key;
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
    SelectorAcceptor acceptor =
        new SelectorAcceptor(new NonBlockingAcceptor(listener, loops, counters), key);
    key.attach(acceptor);
    return acceptor;
  }

  /** Takes what the kernel holds, up to a batch. */
  void acceptBatch() {
    int _ = acceptor.acceptBatch();
    if (acceptor.pauseLeftNs() > 0) {
      ask(false);
    }
  }

  /** Accepts again if a pause is over; else the time to that, in ms, or 0 without a pause. */
  long resumeOrMillisToGo() {
    if (asked) {
      return NO_TIMEOUT_MILLIS;
    }
    long leftNs = acceptor.pauseLeftNs();
    if (leftNs > 0) {
      return TimeUnit.NANOSECONDS.toMillis(leftNs) + 1;
    }
    ask(true);
    return NO_TIMEOUT_MILLIS;
  }

  private void ask(boolean whetherReady) {
    asked = whetherReady;
    key.interestOps(whetherReady ? SelectionKey.OP_ACCEPT : 0);
  }

  void close() {
    acceptor.close();
  }
}
