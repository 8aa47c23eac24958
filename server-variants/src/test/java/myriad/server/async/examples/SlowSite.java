package myriad.server.async.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import myriad.server.async.AcceptPolicy;
import myriad.server.async.Async;
import myriad.server.async.LoopThread;
import myriad.server.async.StreamServer;
import myriad.server.async.StreamWriter;
import myriad.server.async.Streams;

/** A server that sends a page, after a while, to everybody who connects. */
record SlowSite(InetSocketAddress address, LoopThread loop, StreamServer server)
    implements AutoCloseable {

  static final int PAGE_BYTES = 10_000;
  static final Duration THINKING = Duration.ofMillis(50);

  private static final Duration LIMIT = Duration.ofSeconds(20);

  static SlowSite start() throws IOException {
    LoopThread loop = new LoopThread("slow-site", LIMIT);
    ServerSocketChannel listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    StreamServer server =
        Streams.startServer(
            loop.loop(), listener, (reader, writer) -> sendPage(writer), AcceptPolicy.PATIENT);
    loop.start();
    return new SlowSite((InetSocketAddress) listener.getLocalAddress(), loop, server);
  }

  private static void sendPage(StreamWriter writer) {
    Async.sleep(THINKING);
    writer.write(new byte[PAGE_BYTES]);
    writer.close();
  }

  @Override
  public void close() {
    loop.call(
        () -> {
          server.close();
          server.cancelConnections();
          server.waitClosed();
        });
    loop.close();
  }
}
