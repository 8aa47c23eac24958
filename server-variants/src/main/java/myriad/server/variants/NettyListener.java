package myriad.server.variants;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;
import org.jspecify.annotations.Nullable;

/**
 * A listener as a handle of an event loop, and not as a channel of Netty's, which makes a channel
 * for each connection: with that garbage between them connections lie pages apart. Used by the
 * loop's thread, except where a method says otherwise.
 */
abstract class NettyListener implements IoHandle {

  /** Accepted before the loop's connections have their turn. */
  private static final int MOST_AT_ONCE = 64;

  private static final int LONGEST_ADDRESS_BYTES = 32;

  final Socket socket;
  private final IoEventLoop loop;
  private final AcceptBackoff backoff;
  private final Consumer<Socket> connections;
  private final byte[] peer = new byte[LONGEST_ADDRESS_BYTES];
  private @Nullable IoRegistration registration;
  private boolean paused;

  /**
   * @param socket listens
   * @param connections takes what was accepted, on the loop's thread
   */
  NettyListener(
      Socket socket, IoEventLoop loop, ServerCounters counters, Consumer<Socket> connections) {
    this.socket = socket;
    this.loop = loop;
    this.backoff = new AcceptBackoff(counters);
    this.connections = connections;
  }

  /**
   * A socket that listens.
   *
   * @throws IOException if the address cannot be had; then nothing is left
   */
  static Socket listen(ServerConfig config) throws IOException {
    Socket socket = Socket.newSocketStream();
    try {
      socket.setReuseAddress(true);
      socket.setReusePort(config.sharedPort());
      socket.bind(config.bindAddress());
      socket.listen(config.backlog());
      return socket;
    } catch (IOException | RuntimeException failure) {
      socket.close();
      throw failure;
    }
  }

  final InetSocketAddress address() {
    return socket.localAddress();
  }

  /**
   * Begins to accept. Called by any other thread.
   *
   * @throws IOException if the loop cannot wait for it; then it is closed
   */
  final void begin() throws IOException {
    Future<IoRegistration> registered = await(loop.register(this));
    Future<?> _ =
        await(
            loop.submit(
                () -> {
                  registration = registered.getNow();
                  awaitConnections();
                }));
  }

  private <T> Future<T> await(Future<T> step) throws IOException {
    if (!step.awaitUninterruptibly().isSuccess()) {
      socket.close();
      throw new IOException("an event loop takes no listener", step.cause());
    }
    return step;
  }

  /** Frees the port, and returns when it is free. Called by any other thread. */
  final void close(Duration limit) {
    loop.submit(() -> close()).awaitUninterruptibly(limit.toMillis());
  }

  /** The loop ends, or is told that the server does. */
  @Override
  public final void close() {
    if (socket.isOpen()) {
      stopWaiting();
      registration().cancel();
      try {
        socket.close();
      } catch (IOException goneAnyway) {
        // Linux frees the descriptor whatever close says.
      }
    }
  }

  final IoRegistration registration() {
    if (registration == null) {
      throw new IllegalStateException("not begun");
    }
    return registration;
  }

  /** Accepts what has come; the loop goes on with the rest after others have had their turn. */
  final void acceptAll() {
    if (!isAccepting()) {
      return;
    }
    try {
      for (int i = 0; i < MOST_AT_ONCE; i++) {
        int descriptor = socket.accept(peer);
        if (descriptor < 0) {
          return;
        }
        backoff.accepted();
        connections.accept(new Socket(descriptor));
      }
      loop.execute(this::acceptAll);
    } catch (IOException | OutOfMemoryError failure) {
      failed(failure);
    }
  }

  /** Counts the failure, and waits a while before the next accept. */
  final void failed(Throwable failure) {
    long pauseNs = backoff.failed(failure).toNanos();
    paused = true;
    stopWaiting();
    ScheduledFuture<?> _ = loop.schedule(this::resume, pauseNs, TimeUnit.NANOSECONDS);
  }

  private void resume() {
    paused = false;
    if (socket.isOpen()) {
      awaitConnections();
    }
  }

  final boolean isAccepting() {
    return !paused && socket.isOpen();
  }

  /** Has the loop tell when there is a connection to accept. */
  abstract void awaitConnections();

  /** Takes that back. */
  abstract void stopWaiting();
}
