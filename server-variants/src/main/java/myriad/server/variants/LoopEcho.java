package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Socket;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/**
 * The echo of one event loop of Netty, on sockets without a channel and pipeline of their own. Used
 * by the loop's thread, except where a method says otherwise.
 */
abstract class LoopEcho {

  final IoEventLoop loop;
  final ServerCounters counters;
  private final Function<Throwable, CloseKind> closeKind;
  private final IntFunction<ByteBuf> allocator;

  /** Netty's loop may end without closing what is registered with it: a stop closes these first. */
  private final Set<NettyConnection> open = new HashSet<>();

  /**
   * @param closeKind what a failure says about the close that follows it
   * @param allocator of what peers leave; may be out of memory
   */
  LoopEcho(
      IoEventLoop loop,
      ServerCounters counters,
      Function<Throwable, CloseKind> closeKind,
      IntFunction<ByteBuf> allocator) {
    this.loop = loop;
    this.counters = counters;
    this.closeKind = closeKind;
    this.allocator = allocator;
  }

  /**
   * Serves a connection that was counted as accepted. Called by any thread; the socket is the
   * loop's from now on.
   */
  final void serve(Socket socket) {
    connection(socket).begin();
  }

  /** Has the loop close all connections. Called by any thread. */
  final void closeAll() {
    loop.execute(
        () -> List.copyOf(open).forEach(connection -> connection.end(CloseKind.SERVER_STOPPED)));
  }

  abstract NettyConnection connection(Socket socket);

  final void opened(NettyConnection connection) {
    open.add(connection);
  }

  /** The descriptor of {@code connection} is gone. */
  final void closed(NettyConnection connection, CloseKind kind) {
    open.remove(connection);
    counters.closed(kind);
  }

  /**
   * A copy of what a peer did not take, to be released by the caller: what is kept for long keeps
   * no more memory than it needs.
   *
   * @throws OutOfMemoryError if there is no memory for it
   */
  final ByteBuf untaken(ByteBuffer rest) {
    return allocator.apply(rest.remaining()).writeBytes(rest);
  }

  final CloseKind closeKind(Throwable failure) {
    return closeKind.apply(failure);
  }
}
