package myriad.server.variants;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
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
 * A loop that asks each of its sockets in turn. Everything runs on the thread that runs the loop,
 * except where a method says otherwise.
 */
final class PollLoop implements Runnable, Consumer<SocketChannel> {

  private final NonBlockingEcho echo;
  private final ServerCounters counters;
  private final Queue<SocketChannel> handedOver = new ConcurrentLinkedQueue<>();
  private final List<Connection> connections = new ArrayList<>();
  private final CountDownLatch listenerClosed = new CountDownLatch(1);
  private @Nullable NonBlockingAcceptor acceptor;
  private volatile boolean acceptingEnded;
  private volatile boolean ended;

  /**
   * @param bufferBytes the most that is read from a connection before others have their turn
   * @throws IOException if there is no memory for its buffer
   */
  PollLoop(int bufferBytes, ServerCounters counters) throws IOException {
    this(bufferBytes, counters, ByteBuffer::allocate);
  }

  /**
   * @param allocator of what peers leave; may be out of memory
   */
  PollLoop(int bufferBytes, ServerCounters counters, IntFunction<ByteBuffer> allocator)
      throws IOException {
    this.echo = new NonBlockingEcho(bufferBytes, counters, allocator);
    this.counters = counters;
  }

  /** Makes this loop accept. To be called before it runs; from then on the listener is its own. */
  void acceptFrom(ServerSocketChannel listener, List<PollLoop> loops) {
    acceptor = new NonBlockingAcceptor(listener, loops, counters);
  }

  /** Serves a new connection on this loop. Called by any thread; the channel is the loop's now. */
  @Override
  public void accept(SocketChannel connection) {
    handedOver.add(connection);
  }

  /** Closes the listener, and returns when its port is free. Called by any other thread. */
  void stopAccepting(Duration limit) {
    acceptingEnded = true;
    Ending.await(listenerClosed, limit);
  }

  /** Tells the loop to close its connections and return. Called by any thread. */
  void end() {
    ended = true;
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // A loop that never sleeps can only offer its core.
  public void run() {
    while (!ended) {
      boolean foundSomething = acceptNew();
      foundSomething |= takeHandedOver();
      foundSomething |= pollAll();
      if (!foundSomething) {
        Thread.yield();
      }
    }
    boolean _ = takeHandedOver();
    connections.forEach(connection -> close(connection, CloseKind.SERVER_STOPPED));
  }

  private boolean acceptNew() {
    if (acceptor == null) {
      return false;
    }
    if (acceptingEnded) {
      acceptor.close();
      acceptor = null;
      listenerClosed.countDown();
      return true;
    }
    return acceptor.pauseLeftNs() == 0 && acceptor.acceptBatch() > 0;
  }

  private boolean takeHandedOver() {
    boolean found = false;
    for (SocketChannel next = handedOver.poll(); next != null; next = handedOver.poll()) {
      found = true;
      Connection connection = new Connection(next);
      try {
        next.configureBlocking(false);
        next.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connections.add(connection);
      } catch (IOException | OutOfMemoryError failure) {
        close(connection, SocketFailures.closeKind(failure));
      }
    }
    return found;
  }

  private boolean pollAll() {
    boolean found = false;
    int i = 0;
    while (i < connections.size()) {
      Connection connection = connections.get(i);
      Outcome outcome = poll(connection);
      found |= outcome != Outcome.NOTHING;
      if (outcome == Outcome.CLOSED) {
        // The order of asking does not matter: the last one takes the place that became free.
        connections.set(i, connections.getLast());
        connections.removeLast();
      } else {
        i++;
      }
    }
    return found;
  }

  private Outcome poll(Connection connection) {
    try {
      ByteBuffer untaken = connection.untaken;
      if (untaken == null) {
        return step(connection);
      }
      int leftBefore = untaken.remaining();
      if (echo.writeUntaken(connection.channel, untaken)) {
        connection.untaken = null;
        return Outcome.SOMETHING;
      }
      return untaken.remaining() < leftBefore ? Outcome.SOMETHING : Outcome.NOTHING;
    } catch (IOException | OutOfMemoryError failure) {
      close(connection, SocketFailures.closeKind(failure));
      return Outcome.CLOSED;
    }
  }

  private Outcome step(Connection connection) throws IOException {
    return switch (echo.step(connection.channel)) {
      case IDLE -> Outcome.NOTHING;
      case ECHOED -> Outcome.SOMETHING;
      case UNTAKEN -> {
        connection.untaken = echo.keepUntaken();
        yield Outcome.SOMETHING;
      }
      case FINISHED -> {
        close(connection, CloseKind.PEER_FINISHED);
        yield Outcome.CLOSED;
      }
    };
  }

  private void close(Connection connection, CloseKind kind) {
    Closing.quietly(connection.channel);
    counters.closed(kind);
  }

  private enum Outcome {
    NOTHING,
    SOMETHING,
    CLOSED
  }

  private static final class Connection {
    final SocketChannel channel;
    @Nullable ByteBuffer untaken;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }
  }
}
