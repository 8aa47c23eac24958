package myriad.server.variants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;
import org.jspecify.annotations.Nullable;

/**
 * One event loop over a {@link Selector}: echoes on its connections, and accepts if it was given a
 * listener. Everything runs on the thread that runs the loop, except where a method says otherwise.
 *
 * <p>A connection's key carries the bytes that its peer has not taken, and nothing while there are
 * none; so an idle connection has no object of its own here. As nothing is read while bytes are
 * left, the end of a peer's data is seen only after all of it was echoed.
 */
final class SelectorLoop implements Runnable, Consumer<SocketChannel> {

  private final Selector selector;
  private final EchoBatch batch;
  private final Consumer<SelectionKey> onReady = this::onReady;
  private final ServerCounters counters;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private @Nullable SelectorAcceptor acceptor;
  private volatile boolean ended;

  /**
   * @param bufferBytes the most that is read from a connection at once
   */
  SelectorLoop(int bufferBytes, ServerCounters counters) throws IOException {
    this(bufferBytes, counters, ByteBuffer::allocate);
  }

  /**
   * @param allocator of what peers leave; may be out of memory
   */
  SelectorLoop(int bufferBytes, ServerCounters counters, IntFunction<ByteBuffer> allocator)
      throws IOException {
    this.batch = new EchoBatch(bufferBytes, counters, allocator);
    this.selector = Selector.open();
    this.counters = counters;
  }

  /**
   * Makes this loop accept, and hand connections to {@code loops} in turn. To be called before the
   * loop runs; from then on the listener is the loop's.
   */
  void acceptFrom(ServerSocketChannel listener, List<SelectorLoop> loops) throws IOException {
    acceptor = SelectorAcceptor.register(listener, selector, loops, counters);
  }

  /** Frees what a loop that was never run holds. */
  void discard() {
    try {
      selector.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Serves a new connection on this loop. Called by any thread; the channel is the loop's now. */
  @Override
  public void accept(SocketChannel connection) {
    execute(() -> register(connection));
  }

  /** Closes the listener, and returns when its port is free. Called by any other thread. */
  void stopAccepting(Duration limit) {
    CountDownLatch portFreed = new CountDownLatch(1);
    execute(
        () -> {
          closeListener();
          portFreed.countDown();
        });
    Ending.await(portFreed, limit);
  }

  /** Tells the loop to close its connections and return. Called by any thread. */
  void end() {
    ended = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        selector.select(onReady, acceptor == null ? 0 : acceptor.resumeOrMillisToGo());
        batch.echo(selector.keys().size());
        runTasks();
      }
      runTasks();
      // A key whose channel was closed stays here until the next select.
      selector.keys().stream()
          .filter(SelectionKey::isValid)
          .forEach(key -> batch.close(key, CloseKind.SERVER_STOPPED));
      selector.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("event loop without a selector", failure);
    }
  }

  private void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void register(SocketChannel connection) {
    try {
      connection.configureBlocking(false);
      connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
      connection.register(selector, SelectionKey.OP_READ);
    } catch (IOException | OutOfMemoryError failure) {
      Closing.quietly(connection);
      counters.closed(SocketFailures.closeKind(failure));
    }
  }

  private void closeListener() {
    if (acceptor != null) {
      acceptor.close();
      acceptor = null;
    }
    try {
      // The descriptor of a closed channel stays open until its selector selects again.
      selector.selectNow(onReady);
      batch.echo(selector.keys().size());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void onReady(SelectionKey key) {
    try {
      switch (key.attachment()) {
        case null -> batch.add(key);
        case ByteBuffer untaken -> batch.writeUntaken(key, untaken);
        case SelectorAcceptor listening -> listening.acceptBatch();
        default -> throw new IllegalStateException("not of this loop: " + key.attachment());
      }
    } catch (IOException | OutOfMemoryError failure) {
      batch.close(key, SocketFailures.closeKind(failure));
    }
  }
}
