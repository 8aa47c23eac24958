package myriad.server.async;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** TCP in the style of coroutines. Used inside a task. */
public final class Streams {

  /** What the kernel may hold before accept; it caps it by {@code net.core.somaxconn}. */
  private static final int BACKLOG = 16_384;

  private Streams() {}

  /**
   * Listens at {@code address}, and runs {@code handler} for every connection, each in a task.
   *
   * @param address port 0 lets the kernel choose
   * @throws IOException if the address cannot be bound
   */
  public static StreamServer startServer(InetSocketAddress address, Connection.Handler handler)
      throws IOException {
    return startServer(address, handler, StreamReader.DEFAULT_LIMIT_BYTES);
  }

  /**
   * As {@link #startServer(InetSocketAddress, Connection.Handler)}, with a limit for each reader.
   *
   * @param limitBytes the longest line, and the longest chunk of {@link StreamReader#readUntil}; 1
   *     and more
   */
  public static StreamServer startServer(
      InetSocketAddress address, Connection.Handler handler, int limitBytes) throws IOException {
    requireLimit(limitBytes);
    EventLoop loop = EventLoop.running();
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      return new StreamServer(
          loop, listener.bind(address, BACKLOG), handler, AcceptPolicy.PATIENT, limitBytes);
    } catch (IOException | RuntimeException refused) {
      listener.close();
      throw refused;
    }
  }

  /**
   * Serves a channel that listens already, on a loop that runs in this thread or not at all yet.
   * The same channel may be given to several loops, which then share its connections.
   *
   * @param listener closed by {@link StreamServer#close}, or with the first of its loops
   */
  public static StreamServer startServer(
      EventLoop loop, ServerSocketChannel listener, Connection.Handler handler, AcceptPolicy policy)
      throws IOException {
    return new StreamServer(loop, listener, handler, policy, StreamReader.DEFAULT_LIMIT_BYTES);
  }

  /**
   * Connects; looks a name up in the executor.
   *
   * @throws IOException if the name is unknown or nobody accepts
   */
  public static Connection openConnection(InetSocketAddress address) throws Exception {
    return openConnection(address, StreamReader.DEFAULT_LIMIT_BYTES);
  }

  /**
   * As {@link #openConnection(InetSocketAddress)}, with a limit for its reader.
   *
   * @param limitBytes the longest line, and the longest chunk of {@link StreamReader#readUntil}; 1
   *     and more
   */
  public static Connection openConnection(InetSocketAddress address, int limitBytes)
      throws Exception {
    requireLimit(limitBytes);
    EventLoop loop = EventLoop.running();
    InetSocketAddress resolved = address.isUnresolved() ? resolve(loop, address) : address;
    SocketTransport transport = new SocketTransport(loop, SocketChannel.open());
    try {
      if (!transport.channel().connect(resolved)) {
        transport.readiness().await(SelectionKey.OP_CONNECT);
        transport.channel().finishConnect();
      }
    } catch (IOException | RuntimeException | Error failure) {
      transport.abort();
      throw failure;
    }
    return Connection.on(transport, limitBytes);
  }

  private static void requireLimit(int limitBytes) {
    if (limitBytes < 1) {
      throw new IllegalArgumentException(
          "limitBytes is %,d; it takes 1 and more".formatted(limitBytes));
    }
  }

  private static InetSocketAddress resolve(EventLoop loop, InetSocketAddress address)
      throws Exception {
    InetAddress host =
        loop.runInExecutor(() -> InetAddress.getByName(address.getHostString())).await();
    return new InetSocketAddress(host, address.getPort());
  }
}
