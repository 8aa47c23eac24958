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
  void echoesNothingBeforeItIsTold() throws IOException {
    Pair one = connect();
    Pair other = connect();
    one.send("first");
    other.send("second");

    batch.add(one.key());
    batch.add(other.key());

    assertThat(bytesOut()).as("written while others are still to be added").isZero();
    echo();
    assertThat(one.received(5)).isEqualTo("first");
    assertThat(other.received(6)).isEqualTo("second");
    assertThat(counters.snapshot().bytesIn()).isEqualTo(11);
    assertThat(bytesOut()).isEqualTo(11);
  }

  @Test
  void readsFromAllBeforeItWritesToAny() throws IOException {
    List<Long> readBeforeLeft = new ArrayList<>();
    batch =
        new EchoBatch(
            BUFFER_BYTES,
            counters,
            bytes -> {
              readBeforeLeft.add(counters.snapshot().bytesIn());
              return ByteBuffer.allocate(bytes);
            });
    Pair deaf = connect();
    Pair other = connect();
    long sent = 0;

    while (readBeforeLeft.isEmpty()) {
      deaf.fillWayToPeer();
      deaf.send("x");
      other.send("y");
      sent += 2;
      batch.add(deaf.key());
      batch.add(other.key());
      echo();
      assertThat(other.received(1)).isEqualTo("y");
    }

    assertThat(readBeforeLeft).as("read before the first was written to").containsExactly(sent);
  }

  @Test
  void writesWhatItHasWhenItHasNoRoomForAnotherMessage() throws IOException {
    List<Pair> talkers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Pair talker = connect();
      talker.send(Integer.toString(i).repeat(BUFFER_BYTES - i));
      talkers.add(talker);
      batch.add(talker.key());
    }

    echo();

    for (int i = 0; i < 5; i++) {
      assertThat(talkers.get(i).received(BUFFER_BYTES - i))
          .isEqualTo(Integer.toString(i).repeat(BUFFER_BYTES - i));
    }
  }

  @Test
  void echoesAFullBatchBeforeItTakesAnotherConnection() throws IOException {
    List<Pair> talkers = new ArrayList<>();
    for (int i = 0; i <= EchoBatch.MOST_CONNECTIONS; i++) {
      Pair talker = connect();
      talker.send("ab");
      talkers.add(talker);
      batch.add(talker.key());
    }

    assertThat(bytesOut()).isEqualTo(2 * EchoBatch.MOST_CONNECTIONS);
    echo();
    for (Pair talker : talkers) {
      assertThat(talker.received(2)).isEqualTo("ab");
    }
  }

  @Test
  void skipsAConnectionThatHasNothingToRead() throws IOException {
    Pair silent = connect();
    Pair talker = connect();
    talker.send("here");

    batch.add(silent.key());
    batch.add(talker.key());
    echo();

    assertThat(talker.received(4)).isEqualTo("here");
    assertThat(bytesOut()).isEqualTo(4);
    assertThat(silent.key().isValid()).isTrue();
  }

  @Test
  void keepsOthersInTheBatchWhenAPeerHasFinished() throws IOException {
    Pair talker = connect();
    Pair finished = connect();
    talker.send("still here");
    finished.peer().shutdownOutput();

    batch.add(talker.key());
    batch.add(finished.key());
    echo();

    assertThat(talker.received(10)).isEqualTo("still here");
    assertThat(finished.peer().read(ByteBuffer.allocate(1))).isEqualTo(-1);
  }

  /** A second message is there when the first has been echoed, and takes no second select. */
  @Test
  void readsAgainWithoutASelectWhileMostHaveMore() throws IOException {
    addTalker(5);
    echo();

    assertThat(bytesOut()).isEqualTo((long) EchoBatch.MOST_SWEEPS * BUFFER_BYTES);
  }

  @Test
  void readsNoMoreWhereFewHaveMore() throws IOException {
    addTalker(5);
    for (int i = 0; i < 2; i++) {
      Pair brief = connect();
      brief.send("b");
      batch.add(brief.key());
    }
    echo();

    assertThat(bytesOut()).as("of 1 in 3, once more").isEqualTo(2 * BUFFER_BYTES + 2);
  }

  /** Else each peer that leaves would keep the others from being read again. */
  @Test
  void aPeerThatLeavesIsNoSweepInVain() throws IOException {
    Pair finished = connect();
    finished.peer().shutdownOutput();
    batch.add(finished.key());
    echo();

    addTalker(5);
    echo();

    assertThat(bytesOut()).isEqualTo((long) EchoBatch.MOST_SWEEPS * BUFFER_BYTES);
  }

  @Test
  void leavesSomeSelectsAloneAfterASweepInVain() throws IOException {
    Pair talker = connect();
    talker.send("a");
    batch.add(talker.key());
    echo();

    talker.send("a".repeat((EchoBatch.SITS_OUT + EchoBatch.MOST_SWEEPS) * BUFFER_BYTES));
    for (int select = 1; select <= EchoBatch.SITS_OUT; select++) {
      batch.add(talker.key());
      echo();
      assertThat(bytesOut()).isEqualTo(1 + (long) select * BUFFER_BYTES);
    }
    batch.add(talker.key());
    echo();

    assertThat(bytesOut())
        .isEqualTo(1 + (long) (EchoBatch.SITS_OUT + EchoBatch.MOST_SWEEPS) * BUFFER_BYTES);
  }

  @Test
  void othersDoNotWaitForAFullBatchThatHoldsLessThanHalfOfAll() throws IOException {
    for (int i = 0; i < EchoBatch.MOST_CONNECTIONS; i++) {
      addTalker(2);
    }
    batch.echo(2 * EchoBatch.MOST_CONNECTIONS + 1);

    assertThat(bytesOut()).isEqualTo((long) EchoBatch.MOST_CONNECTIONS * BUFFER_BYTES);
  }

  @Test
  void aFullBatchThatHoldsHalfOfAllIsReadFromAgain() throws IOException {
    for (int i = 0; i < EchoBatch.MOST_CONNECTIONS; i++) {
      addTalker(2);
    }
    batch.echo(2 * EchoBatch.MOST_CONNECTIONS);

    assertThat(bytesOut()).isEqualTo(2L * EchoBatch.MOST_CONNECTIONS * BUFFER_BYTES);
  }

  @Test
  void readsNothingMoreFromAPeerThatLeavesBytes() throws IOException {
    Pair deaf = connect();
    deaf.send("x".repeat(BUFFER_BYTES));
    while (deaf.key().attachment() == null) {
      deaf.fillWayToPeer();
      deaf.send("x".repeat(3 * BUFFER_BYTES));
      batch.add(deaf.key());
      echo();
    }

    assertThat(deaf.key().interestOps()).isEqualTo(SelectionKey.OP_WRITE);
    assertThat(counters.snapshot().bytesIn())
        .isEqualTo(bytesOut() + ((ByteBuffer) deaf.key().attachment()).remaining());
    assertThat(counters.snapshot().backPressurePauses()).isOne();
  }

  /** To the batch, with so many buffers' worth to be read. */
  private void addTalker(int buffers) throws IOException {
    Pair talker = connect();
    talker.send("a".repeat(buffers * BUFFER_BYTES));
    batch.add(talker.key());
  }

  private void echo() {
    batch.echo(opened.size() / 2);
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

    /** Until the kernel takes nothing more for the peer. */
    void fillWayToPeer() throws IOException {
      SocketChannel connection = (SocketChannel) key.channel();
      while (connection.write(ByteBuffer.allocate(1 << 16)) > 0) {}
    }

    String received(int bytes) throws IOException {
      ByteBuffer echo = ByteBuffer.allocate(bytes);
      while (echo.hasRemaining() && peer.read(echo) >= 0) {}
      return new String(echo.array(), 0, echo.position(), StandardCharsets.US_ASCII);
    }
  }
}
