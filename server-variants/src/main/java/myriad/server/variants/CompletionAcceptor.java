package myriad.server.variants;

import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ShutdownChannelGroupException;
import java.time.Duration;
import java.util.function.Consumer;
import myriad.server.ServerCounters;
import org.jspecify.annotations.Nullable;

/** Accepts one connection after the other, by completion. */
final class CompletionAcceptor
    implements CompletionHandler<AsynchronousSocketChannel, @Nullable Void> {

  private final AsynchronousServerSocketChannel listener;
  private final String pauseThreadName;
  private final ServerCounters counters;
  private final AcceptBackoff backoff;
  private final Consumer<AsynchronousSocketChannel> serve;
  private volatile boolean accepting;

  /**
   * @param pauseThreadName names the thread that waits while accept is left alone
   * @param serve takes over each connection; must not block
   */
  CompletionAcceptor(
      AsynchronousServerSocketChannel listener,
      String pauseThreadName,
      ServerCounters counters,
      Consumer<AsynchronousSocketChannel> serve) {
    this.listener = listener;
    this.pauseThreadName = pauseThreadName;
    this.counters = counters;
    this.backoff = new AcceptBackoff(counters);
    this.serve = serve;
  }

  void begin() {
    accepting = true;
    listener.accept(null, this);
  }

  /**
   * Waits, once the listener is closed, until no accept is under way: between the kernel's accept
   * and {@link #completed} a connection waits for a thread of the group, counted by nobody.
   *
   * @throws IllegalStateException if one still is after {@code limit}: a fault of the server
   */
  void awaitEnd(Duration limit) {
    Ending.await(() -> !accepting, "accept", limit);
  }

  @Override
  public void completed(AsynchronousSocketChannel connection, @Nullable Void none) {
    backoff.accepted();
    counters.accepted();
    begin();
    serve.accept(connection);
  }

  @Override
  public void failed(Throwable failure, @Nullable Void none) {
    accepting = false;
    if (failure instanceof ClosedChannelException) {
      return;
    }
    Duration pause = backoff.failed(failure);
    try {
      // A thread of the group that slept would hold up the connections it serves.
      Thread.ofPlatform().daemon().name(pauseThreadName).start(() -> beginAfter(pause));
    } catch (OutOfMemoryError noThread) {
      beginAfter(pause);
    }
  }

  private void beginAfter(Duration pause) {
    try {
      Thread.sleep(pause);
      begin();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (ShutdownChannelGroupException stopped) {
      // Then there is nothing to accept for.
    }
  }
}
