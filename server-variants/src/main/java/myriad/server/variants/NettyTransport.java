package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/**
 * What tells one native transport of Netty from another.
 *
 * @param ioHandlers makes what an event loop waits with
 * @param listener makes what accepts on a loop
 * @param echo makes what serves the connections of a loop
 */
record NettyTransport(IoHandlerFactory ioHandlers, ListenerMaker listener, EchoMaker echo) {

  /** Makes what accepts on a loop. */
  @FunctionalInterface
  interface ListenerMaker {

    /**
     * Makes it, for a loop that runs.
     *
     * @param socket listens
     * @param connections takes what was accepted, on the loop's thread
     */
    NettyListener make(
        Socket socket, IoEventLoop loop, ServerCounters counters, Consumer<Socket> connections);
  }

  /** Makes what serves the connections of a loop. */
  @FunctionalInterface
  interface EchoMaker {

    /**
     * Makes it, for a loop that runs.
     *
     * @param bufferBytes the most that is read from a connection before others have their turn
     * @param closeKind what a failure says about the close that follows it
     * @param allocator of what peers leave; may be out of memory
     * @throws IOException if there is no memory for its buffers
     */
    LoopEcho make(
        IoEventLoop loop,
        int bufferBytes,
        ServerCounters counters,
        Function<Throwable, CloseKind> closeKind,
        IntFunction<ByteBuf> allocator)
        throws IOException;
  }
}
