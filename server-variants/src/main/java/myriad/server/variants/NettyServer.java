package myriad.server.variants;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;

/**
 * An echo server on Netty's event loops, whatever they wait with. The first loop accepts for all;
 * connections are handed to the loops in turn and stay there.
 *
 * <p>Neither has a channel of Netty's: both are handles of the loop's {@code IoHandler}, as a
 * channel is below its pipeline. Channel, pipeline and queue of writes are objects of each
 * connection that every message passes through; with a thousand connections they do not stay in the
 * caches, and took a tenth to a fifth of the messages a second (server-variants/PROFILE.md).
 */
final class NettyServer extends StoppableServer {

  private static final int DEFAULT_LOOPS = 1;

  private final EventLoopGroup loops;
  private final List<LoopEcho> echoes;
  private final NettyListener listener;
  private final InetSocketAddress address;
  private int nextLoop;

  private NettyServer(
      EventLoopGroup loops, NettyTransport transport, ServerConfig config, ServerCounters counters)
      throws IOException {
    super(counters);
    this.loops = loops;
    this.echoes = new ArrayList<>();
    for (EventExecutor loop : loops) {
      echoes.add(
          transport
              .echo()
              .make(
                  (IoEventLoop) loop,
                  config.bufferBytes(),
                  counters,
                  this::closeKind,
                  ByteBufAllocator.DEFAULT::directBuffer));
    }
    this.listener =
        transport
            .listener()
            .make(NettyListener.listen(config), echoes.getFirst().loop, counters, this::serve);
    this.address = listener.address();
    listener.begin();
  }

  /**
   * Starts a server.
   *
   * @param id names the threads
   * @throws IOException if the address cannot be bound or a loop cannot be made; then nothing is
   *     left
   */
  static NettyServer start(String id, NettyTransport transport, ServerConfig config)
      throws IOException {
    EventLoopGroup loops =
        NettyLoops.start(id, config.threadsOr(DEFAULT_LOOPS), transport.ioHandlers());
    try {
      return new NettyServer(loops, transport, config, new ServerCounters());
    } catch (IOException | RuntimeException failure) {
      NettyLoops.end(loops);
      throw failure;
    }
  }

  /**
   * What a server asks of its host.
   *
   * @param descriptorsALoop of the transport
   */
  static Demand demand(ServerConfig config, int descriptorsALoop) {
    return Demand.ofLoops(config.threadsOr(DEFAULT_LOOPS), descriptorsALoop);
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  void stopListening() {
    listener.close(CUT_OFF_LIMIT);
    // A connection that was accepted last is on the loop that it was handed to.
    for (EventExecutor loop : loops) {
      loop.submit(() -> {}).awaitUninterruptibly(CUT_OFF_LIMIT.toMillis());
    }
  }

  @Override
  void cutOff() {
    List<Runnable> steps = new ArrayList<>();
    echoes.forEach(echo -> steps.add(echo::closeAll));
    steps.add(() -> awaitNoneOpen(CUT_OFF_LIMIT));
    steps.add(() -> NettyLoops.end(loops));
    Closing.all(steps);
  }

  private void serve(Socket connection) {
    counters().accepted();
    echoes.get(nextLoop).serve(connection);
    nextLoop = (nextLoop + 1) % echoes.size();
  }
}
