package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import myriad.server.ServerCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which order a loop reads and writes, on real sockets. */
@Timeout(60)
class EchoBatchTest {

  private static final int BUFFER_BYTES = 64;

  private final ServerCounters counters = new ServerCounters();
  private final List<SocketChannel> opened = new ArrayList<>();
  private Selector selector;
  private EchoBatch batch;

  @BeforeEach
  void open() throws IOException {
    selector = Selector.open();
    batch = new EchoBatch(BUFFER_BYTES, counters, ByteBuffer::allocate);
  }

  @AfterEach
  void close() throws IOException {
    for (SocketChannel channel : opened) {
      channel.close();
    }
    selector.close();
  }

  @Test
  void readsFromSeveralConnectionsBeforeItWritesToAnyOfThem() throws IOException {
    Pair one = connect();
    Pair other = connect();
    one.send("first");
    other.send("second");

    batch.read(one.key());
    batch.read(other.key());

    assertThat(bytesOut()).as("written while others are still to be read from").isZero();
    batch.write();
    assertThat(one.received(5)).isEqualTo("first");
    assertThat(other.received(6)).isEqualTo("second");
  }

  @Test
  void writesAtOnceWhenItHasNoRoomForAnotherMessage() throws IOException {
    Pair talker = connect();
    Pair other = connect();
    talker.send("x".repeat(BUFFER_BYTES));
    other.send("y");

    batch.read(other.key());
    batch.read(talker.key());

    assertThat(bytesOut()).isEqualTo(BUFFER_BYTES + 1);
    assertThat(talker.received(BUFFER_BYTES)).isEqualTo("x".repeat(BUFFER_BYTES));
  }

  @Test
  void keepsOthersInTheBatchWhenAPeerHasFinished() throws IOException {
    Pair talker = connect();
    Pair finished = connect();
    talker.send("still here");
    finished.peer().shutdownOutput();

    batch.read(talker.key());
    batch.read(finished.key());
    batch.write();

    assertThat(talker.received(10)).isEqualTo("still here");
    assertThat(finished.peer().read(ByteBuffer.allocate(1))).isEqualTo(-1);
  }

  private long bytesOut() {
    return counters.snapshot().bytesOut();
  }

  private Pair connect() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SocketChannel peer = SocketChannel.open(listener.getLocalAddress());
      SocketChannel connection = listener.accept();
      opened.add(peer);
      opened.add(connection);
      connection.configureBlocking(false);
      return new Pair(peer, connection.register(selector, SelectionKey.OP_READ));
    }
  }

  /** A peer, and the key of the connection to it. */
  private record Pair(SocketChannel peer, SelectionKey key) {

    /** Returns when the bytes have arrived, which on loopback they have with the call. */
    void send(String text) throws IOException {
      peer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    String received(int bytes) throws IOException {
      ByteBuffer echo = ByteBuffer.allocate(bytes);
      while (echo.hasRemaining() && peer.read(echo) >= 0) {}
      return new String(echo.array(), 0, echo.position(), StandardCharsets.US_ASCII);
    }
  }
}
