package myriad.server.async;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * Accepts connections on one loop, and runs a task for each. Several loops may serve one listening
 * channel, each with a server of its own. Made by {@link Streams}; belongs to the loop's thread.
 */
public final class StreamServer {

  /** After so many connections the loop's others have their turn. */
  private static final int ACCEPT_BATCH = 64;

  private static final Duration SHORTEST_PAUSE = Duration.ofNanos(1);

  private final EventLoop loop;
  private final ServerSocketChannel listener;
  private final Connection.Handler handler;
  private final AcceptPolicy policy;
  private final int limitBytes;
  private final Readiness readiness;
  private final Task<Void> accepting;
  private final Event idle = new Event();
  private int openConnections;

  StreamServer(
      EventLoop loop,
      ServerSocketChannel listener,
      Connection.Handler handler,
      AcceptPolicy policy,
      int limitBytes)
      throws IOException {
    this.loop = loop;
    this.listener = listener;
    this.handler = handler;
    this.policy = policy;
    this.limitBytes = limitBytes;
    listener.configureBlocking(false);
    this.readiness = new Readiness(loop, listener);
    this.accepting =
        loop.createTask(
            ((Action) this::acceptUntilClosed).asAwaitable(), "accept", Context.empty());
    idle.set();
  }

  /** Where it listens. */
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) listener.getLocalAddress();
  }

  public boolean isServing() {
    return listener.isOpen();
  }

  /** How many handlers run. */
  public int openConnections() {
    return openConnections;
  }

  /** Stops listening; connections are served on. */
  public void close() throws IOException {
    accepting.cancel();
    readiness.close();
    listener.close();
  }

  /** Cancels the handlers of all connections. */
  public void cancelConnections() {
    for (Task<?> task : loop.allTasks()) {
      if (task instanceof ConnectionTask connection && connection.server() == this) {
        connection.cancel("the server stops");
      }
    }
  }

  /** Waits until the server is closed and all handlers have ended. */
  public void waitClosed() {
    Waiting.wait(List.of(accepting), ReturnWhen.ALL_COMPLETED, null);
    idle.await();
  }

  private void acceptUntilClosed() {
    // Out of descriptors no class file can be opened: what a pause needs is loaded before one.
    Sleep.forDuration(SHORTEST_PAUSE);
    while (listener.isOpen()) {
      readiness.await(SelectionKey.OP_ACCEPT);
      try {
        acceptBatch();
      } catch (IOException failure) {
        if (listener.isOpen()) {
          Sleep.forDuration(policy.afterFailure(failure));
        }
      }
    }
  }

  private void acceptBatch() throws IOException {
    for (int left = ACCEPT_BATCH; left > 0 && listener.isOpen(); left--) {
      SocketChannel channel = listener.accept();
      if (channel == null) {
        return;
      }
      serve(Connection.on(loop, channel, limitBytes));
    }
  }

  private void serve(Connection connection) {
    policy.accepted();
    openConnections++;
    idle.clear();
    ConnectionTask _ = new ConnectionTask(this, loop, connection);
  }

  Connection.Handler handler() {
    return handler;
  }

  void connectionEnded(ConnectionTask task) {
    openConnections--;
    if (openConnections == 0) {
      idle.set();
    }
    if (task.hasFailed()) {
      loop.errors()
          .report(
              new ErrorReport(
                  "a connection's handler failed", task.exception(), task, task.origin()));
    }
  }
}
