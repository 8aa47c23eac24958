package myriad.server.variants;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import myriad.server.CloseKind;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;

/**
 * A server in blocking style: one thread accepts, and an executor decides on which thread, and
 * when, each connection is served. The executor is the whole difference between the blocking
 * variants.
 */
final class BlockingServer extends StoppableServer {

  private final ServerSocketChannel listener;
  private final InetSocketAddress address;
  private final ExecutorService workers;
  private final EchoLoop echoLoop;
  private final AcceptBackoff backoff;
  private final CountDownLatch listenerClosed = new CountDownLatch(1);
  private final Thread acceptor;
  private volatile boolean accepting;

  private BlockingServer(
      String id,
      ServerSocketChannel listener,
      ExecutorService workers,
      EchoLoop echoLoop,
      ServerCounters counters)
      throws IOException {
    super(counters);
    this.listener = listener;
    this.address = (InetSocketAddress) listener.getLocalAddress();
    this.workers = workers;
    this.echoLoop = echoLoop;
    this.backoff = new AcceptBackoff(counters);
    this.acceptor =
        Thread.ofPlatform().name(ThreadNames.of(id, "acceptor")).unstarted(this::acceptUntilClosed);
  }

  /**
   * Starts a server.
   *
   * @param workers runs one task a connection, which ends when interrupted; owned by the server,
   *     and closed too when the start fails
   * @param echoLoop what each task does
   * @param counters what {@code echoLoop} counts bytes in
   * @throws IOException if the address cannot be bound or no thread can be had
   */
  static BlockingServer start(
      String id,
      ServerConfig config,
      ExecutorService workers,
      EchoLoop echoLoop,
      ServerCounters counters)
      throws IOException {
    try {
      return start(id, Listeners.open(config), workers, echoLoop, counters);
    } catch (IOException | RuntimeException failure) {
      workers.shutdown();
      throw failure;
    }
  }

  private static BlockingServer start(
      String id,
      ServerSocketChannel listener,
      ExecutorService workers,
      EchoLoop echoLoop,
      ServerCounters counters)
      throws IOException {
    try {
      BlockingServer server = new BlockingServer(id, listener, workers, echoLoop, counters);
      Thread _ = LoopThreads.startThread(server.acceptor);
      return server;
    } catch (IOException | RuntimeException failure) {
      Closing.quietly(listener);
      throw failure;
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  void stopListening() {
    Closing.quietly(listener);
    listenerClosed.countDown();
    // A connection that was accepted last is counted as open before anyone asks for open ones.
    Ending.await(() -> !accepting, "accept", CUT_OFF_LIMIT);
  }

  @Override
  void cutOff() {
    // An interrupt closes the channel on which a thread blocks.
    for (Runnable waiting : workers.shutdownNow()) {
      ((Connection) waiting).end(CloseKind.SERVER_STOPPED);
    }
    Ending.await(acceptor, CUT_OFF_LIMIT);
    Ending.await(workers, CUT_OFF_LIMIT);
  }

  private void acceptUntilClosed() {
    while (listener.isOpen()) {
      try {
        serve(accept());
        backoff.accepted();
      } catch (ClosedChannelException stopped) {
        return;
      } catch (IOException | OutOfMemoryError failure) {
        pause(backoff.failed(failure));
      }
    }
  }

  private SocketChannel accept() throws IOException {
    accepting = true;
    try {
      SocketChannel connection = listener.accept();
      counters().accepted();
      return connection;
    } finally {
      accepting = false;
    }
  }

  /**
   * Hands a connection to the executor.
   *
   * @throws OutOfMemoryError if no thread could be made for it; it is closed
   */
  private void serve(SocketChannel channel) {
    Connection connection = new Connection(channel);
    try {
      workers.execute(connection);
    } catch (RejectedExecutionException stopped) {
      connection.end(CloseKind.SERVER_STOPPED);
    } catch (OutOfMemoryError noThread) {
      connection.end(CloseKind.FAILED);
      throw noThread;
    }
  }

  private void pause(Duration length) {
    try {
      // Cut short when the listener is closed, which the loop around this sees for itself.
      boolean _ = listenerClosed.await(length.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException cutOff) {
      Thread.currentThread().interrupt();
    }
  }

  /** One accepted connection, from the executor's queue to its close. */
  private final class Connection implements Runnable {

    private final SocketChannel channel;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void run() {
      end(serveToTheEnd());
    }

    private CloseKind serveToTheEnd() {
      try {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return echoLoop.echo(channel);
      } catch (IOException | OutOfMemoryError failure) {
        return closeKind(failure);
      }
    }

    void end(CloseKind kind) {
      Closing.quietly(channel);
      counters().closed(kind);
    }
  }
}
