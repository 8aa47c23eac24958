package myriad.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A client that sends and does not read, until nothing more is taken from it. */
final class StalledSender implements AutoCloseable {

  private static final Duration STALL = Duration.ofMillis(400);
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int RECEIVE_BUFFER_BYTES = 16 * 1024;

  private final SocketChannel channel;
  private long sentBytes;

  private StalledSender(SocketChannel channel) {
    this.channel = channel;
  }

  static StalledSender connect(InetSocketAddress server) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    channel.connect(server);
    channel.configureBlocking(false);
    return new StalledSender(channel);
  }

  /**
   * Sends the payload until the socket takes nothing for a while, or {@code limitBytes} are sent.
   *
   * @return how much was sent
   */
  long sendUntilStalled(long limitBytes) throws IOException {
    try (Selector selector = Selector.open()) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
      while (sentBytes < limitBytes && selector.select(STALL.toMillis()) > 0) {
        selector.selectedKeys().clear();
        ByteBuffer chunk = ByteBuffer.wrap(Payload.bytes(sentBytes, CHUNK_BYTES));
        sentBytes += channel.write(chunk);
      }
      key.cancel();
      selector.selectNow();
    }
    return sentBytes;
  }

  /** Finishes sending, then reads everything back and compares every byte. */
  void readAllBack() throws IOException {
    channel.configureBlocking(true);
    channel.shutdownOutput();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    long received = 0;
    while (channel.read(buffer.clear()) >= 0) {
      Payload.assertIntact(buffer.array(), buffer.position(), received);
      received += buffer.position();
    }
    if (received != sentBytes) {
      throw new AssertionError("%,d bytes came back of %,d".formatted(received, sentBytes));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
