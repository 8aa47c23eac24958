package myriad.server.async;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * Lets one task wait until a channel can be read, accepted from or connected, and one callback
 * until it can be written. Asks the selector for no more than somebody waits for, except that an
 * interest in reading or accepting stays on until it proves useless: a task that reads in a loop
 * changes nothing. The interest in a connection ends with it: epoll would go on telling of it.
 */
final class Readiness implements Poller.Listener {

  private static final int INBOUND =
      SelectionKey.OP_READ | SelectionKey.OP_ACCEPT | SelectionKey.OP_CONNECT;

  private final EventLoop loop;
  private final SelectionKey key;
  private @Nullable Runnable outbound;

  /** Used for every wait: a task that reads in a loop leaves no garbage behind. */
  private @Nullable Future<Void> inbound;

  private boolean awaited;

  /** Registers {@code channel}, which is non-blocking, with the poller of {@code loop}. */
  Readiness(EventLoop loop, SelectableChannel channel) throws IOException {
    this.loop = loop;
    this.key = loop.poller().register(channel, this);
  }

  /**
   * Suspends the current task until the channel is ready for {@code op}, or {@link #close}d.
   *
   * @throws IllegalStateException if another task waits
   */
  void await(int op) {
    if (awaited) {
      throw new IllegalStateException(
          "another task waits for this channel: only one at a time may read from a stream");
    }
    enable(op);
    Future<Void> waiter = pendingInbound();
    awaited = true;
    try {
      Waiters.await(waiter);
    } finally {
      awaited = false;
      if (!waiter.isDone()) {
        // The wait was refused: the next one starts anew.
        inbound = null;
      }
    }
  }

  private Future<Void> pendingInbound() {
    if (inbound == null) {
      inbound = new Future<>(loop);
    } else {
      inbound.reopen();
    }
    return inbound;
  }

  /** Has the loop run {@code callback}, which must not throw, once the channel can be written. */
  void onceWritable(Runnable callback) {
    outbound = callback;
    enable(SelectionKey.OP_WRITE);
  }

  @Override
  public void ready(int readyOps) {
    int useless = readyOps & (awaited ? SelectionKey.OP_CONNECT : INBOUND);
    if (useless != 0) {
      disable(useless);
    }
    if ((readyOps & INBOUND) != 0) {
      endInbound();
    }
    if ((readyOps & SelectionKey.OP_WRITE) != 0) {
      disable(SelectionKey.OP_WRITE);
      Runnable callback = outbound;
      outbound = null;
      if (callback != null) {
        callback.run();
      }
    }
  }

  /** Wakes who waits, for the channel is about to be closed. */
  void close() {
    key.cancel();
    outbound = null;
    endInbound();
  }

  /** Wakes who waits to read, accept or connect. */
  void endInbound() {
    if (awaited && inbound != null) {
      Waiters.wake(inbound);
    }
  }

  private void enable(int op) {
    if (key.isValid() && (key.interestOps() & op) == 0) {
      key.interestOpsOr(op);
    }
  }

  private void disable(int ops) {
    if (key.isValid()) {
      key.interestOpsAnd(~ops);
    }
  }
}
