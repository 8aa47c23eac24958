package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import myriad.server.CloseKind;
import org.jspecify.annotations.Nullable;

/** A connection as a handle of an event loop. Used by the loop's thread, once it has begun. */
abstract class NettyConnection implements IoHandle {

  final Socket socket;

  /** What the peer did not take yet. */
  @Nullable ByteBuf untaken;

  private final LoopEcho echo;
  private @Nullable IoRegistration registration;

  NettyConnection(Socket socket, LoopEcho echo) {
    this.socket = socket;
    this.echo = echo;
  }

  /** Makes the connection one of its loop. Called by any thread. */
  final void begin() {
    try {
      socket.setTcpNoDelay(true);
      Future<IoRegistration> registered = echo.loop.register(this);
      registered.addListener(_ -> begun(registered));
    } catch (IOException | RejectedExecutionException failure) {
      refused(failure);
    }
  }

  private void begun(Future<IoRegistration> registered) {
    if (registered.isSuccess()) {
      registration = registered.getNow();
      echo.opened(this);
      try {
        awaitMessages();
      } catch (RuntimeException refusedByKernel) {
        close(echo.closeKind(refusedByKernel));
      }
    } else {
      refused(registered.cause());
    }
  }

  private void refused(Throwable cause) {
    closeQuietly();
    echo.counters.closed(echo.closeKind(cause));
  }

  final IoRegistration registration() {
    if (registration == null) {
      throw new IllegalStateException("not begun");
    }
    return registration;
  }

  final void forgetUntaken() {
    if (untaken != null) {
      untaken.release();
      untaken = null;
    }
  }

  /** Closes the connection, once no operation that was queued names its descriptor. */
  void end(CloseKind kind) {
    close(kind);
  }

  /** Closes the connection at once, unless it is. */
  final void close(CloseKind kind) {
    if (socket.isOpen()) {
      stopWaiting();
      registration().cancel();
      forgetUntaken();
      closeQuietly();
      echo.closed(this, kind);
    }
  }

  /** The loop ends. */
  @Override
  public final void close() {
    close(CloseKind.SERVER_STOPPED);
  }

  private void closeQuietly() {
    try {
      socket.close();
    } catch (IOException goneAnyway) {
      // Linux frees the descriptor whatever close says.
    }
  }

  /** Has the loop tell when there is something to be read. */
  abstract void awaitMessages();

  /** Takes back what would outlive the registration. */
  abstract void stopWaiting();
}
