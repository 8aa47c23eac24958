package myriad.server.variants;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;

/**
 * An echo server on Netty's event loops, whatever they wait with. The first loop accepts for all;
 * connections are handed to the loops in turn and stay there.
 */
final class NettyServer extends StoppableServer {

  private static final int DEFAULT_LOOPS = 1;

  private final EventLoopGroup loops;
  private final NettyTransport transport;
  private final Channel listener;
  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();

  private NettyServer(
      EventLoopGroup loops, NettyTransport transport, ServerConfig config, ServerCounters counters)
      throws IOException {
    super(counters);
    this.loops = loops;
    this.transport = transport;
    this.listener = bind(config);
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
    return (InetSocketAddress) listener.localAddress();
  }

  @Override
  void stopListening() {
    listener.close().awaitUninterruptibly(CUT_OFF_LIMIT.toMillis());
    // A connection that was accepted last is counted by the loop that it was handed to.
    for (EventExecutor loop : loops) {
      loop.submit(() -> {}).awaitUninterruptibly(CUT_OFF_LIMIT.toMillis());
    }
  }

  @Override
  void cutOff() {
    for (Channel connection : connections) {
      ChannelFuture _ = connection.close();
    }
    // A loop of io_uring that shuts down may leave descriptors behind whose close is under way.
    awaitNoneOpen(CUT_OFF_LIMIT);
    NettyLoops.end(loops);
  }

  private Channel bind(ServerConfig config) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, config.backlog())
            .option(transport.reusePort(), config.sharedPort())
            .handler(new NettyAcceptHandler(counters()))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                transport.readBuffers().apply(config.bufferBytes()))
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMarks(config.bufferBytes()))
            .childHandler(
                new NettyEchoHandler(
                    connections,
                    counters(),
                    transport.writer(),
                    this::closeKind,
                    this::isCuttingOff));
    transport.connectionOptions().forEach((option, value) -> set(bootstrap, option, value));
    ChannelFuture bound = bootstrap.bind(config.bindAddress()).awaitUninterruptibly();
    return switch (bound.cause()) {
      case null -> bound.channel();
      case IOException failure -> throw failure;
      case Throwable refused ->
          throw new IOException("no listener at " + config.bindAddress(), refused);
    };
  }

  @SuppressWarnings("unchecked") // The map of options pairs each with a value of its own type.
  private static <T> void set(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
    bootstrap.childOption(option, (T) value);
  }

  /** What one read brings fits, as it is flushed before the next: more means a peer that lags. */
  private static WriteBufferWaterMark waterMarks(int bufferBytes) {
    return new WriteBufferWaterMark(bufferBytes / 2, 2 * bufferBytes);
  }
}
