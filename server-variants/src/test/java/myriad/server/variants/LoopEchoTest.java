package myriad.server.variants;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.Socket;
import io.netty.channel.uring.IoUringIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the contract of all servers does not bring about in an event loop of Netty. */
@Timeout(60)
class LoopEchoTest {

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int USUAL_WINDOW_BYTES = 1 << 17;
  private static final int SMALL_WINDOW_BYTES = 1 << 12;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ServerCounters counters = new ServerCounters();
  private final List<SocketChannel> peers = new ArrayList<>();
  private final Socket listener;
  private @Nullable EventLoopGroup loops;

  LoopEchoTest() throws IOException {
    listener = Socket.newSocketStream();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener.listen(128);
  }

  /** An event loop's echo, and what it waits with. */
  record Kind(IoHandlerFactory ioHandlers, NettyTransport.EchoMaker echo) {}

  static Stream<Named<Kind>> kinds() {
    return Stream.of(
        Named.of("epoll", new Kind(EpollIoHandler.newFactory(), EpollEcho::new)),
        Named.of("io_uring", new Kind(IoUringIoHandler.newFactory(), UringEcho::new)));
  }

  private static ByteBuf noMemory(int bytes) {
    throw new OutOfMemoryError("asked for " + bytes + " bytes");
  }

  private LoopEcho echo(Kind kind, IntFunction<ByteBuf> allocator) throws IOException {
    EventLoopGroup started = NettyLoops.start("test", 1, kind.ioHandlers());
    loops = started;
    return kind.echo()
        .make(
            (IoEventLoop) started.next(),
            BUFFER_BYTES,
            counters,
            SocketFailures::closeKind,
            allocator);
  }

  private SocketChannel connect(LoopEcho echo) throws IOException {
    return connect(echo, USUAL_WINDOW_BYTES);
  }

  private SocketChannel connect(LoopEcho echo, int windowBytes) throws IOException {
    SocketChannel peer = SocketChannel.open();
    peers.add(peer);
    peer.setOption(StandardSocketOptions.SO_RCVBUF, windowBytes);
    peer.connect(listener.localAddress());
    counters.accepted();
    echo.serve(new Socket(listener.accept(new byte[32])));
    return peer;
  }

  @AfterEach
  void end() throws IOException {
    for (SocketChannel peer : peers) {
      peer.close();
    }
    listener.close();
    if (loops != null) {
      NettyLoops.end(loops);
    }
  }

  /** Where there is no memory for what a peer leaves, that peer is lost, and no other. */
  @ParameterizedTest
  @MethodSource("kinds")
  void losesTheSlowReaderAloneForWantOfMemory(Kind kind) throws Exception {
    LoopEcho echo = echo(kind, LoopEchoTest::noMemory);
    SocketChannel other = connect(echo);

    sendUntilCutOff(connect(echo));

    assertThat(counters.snapshot().closed()).containsEntry(CloseKind.FAILED, 1L);
    assertThat(counters.snapshot().open()).isEqualTo(1);
    send(other, "still here");
    assertReceives(other, "still here");
  }

  /** What a peer was received into is there for others, however it was lost. */
  @ParameterizedTest
  @MethodSource("kinds")
  void losesNoBufferWithTheSlowReadersThatItLoses(Kind kind) throws Exception {
    LoopEcho echo = echo(kind, LoopEchoTest::noMemory);
    SocketChannel other = connect(echo);

    for (int i = 0; i < ReceiveBuffers.MOST + 1; i++) {
      sendUntilCutOff(connect(echo, SMALL_WINDOW_BYTES));
    }

    send(other, "still here");
    assertReceives(other, "still here");
  }

  /** Reads nothing, so that the loop has nowhere to write to. */
  private void sendUntilCutOff(SocketChannel slow) throws Exception {
    slow.configureBlocking(false);
    assertThat(Ending.within(LIMIT, () -> isCutOffAfterMore(slow))).as("cut off").isTrue();
  }

  private boolean isCutOffAfterMore(SocketChannel slow) {
    ByteBuffer chunk = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      while (slow.write(chunk.clear()) > 0) {
        Thread.onSpinWait();
      }
    } catch (IOException reset) {
      // The loop counts what it has closed, and is about to.
    }
    return counters.snapshot().open() == 1;
  }

  /** More than there are buffers to receive into, all ready in one round of the loop. */
  @ParameterizedTest
  @MethodSource("kinds")
  void echoesToAllThatAreReadyAtOnce(Kind kind) throws Exception {
    LoopEcho echo = echo(kind, UnpooledByteBufAllocator.DEFAULT::directBuffer);
    for (int i = 0; i < ReceiveBuffers.MOST + 100; i++) {
      connect(echo);
    }
    CountDownLatch allHaveSent = new CountDownLatch(1);
    echo.loop.execute(() -> Ending.await(allHaveSent, LIMIT));
    for (int i = 0; i < peers.size(); i++) {
      send(peers.get(i), "%04d".formatted(i));
    }

    allHaveSent.countDown();

    for (int i = 0; i < peers.size(); i++) {
      assertReceives(peers.get(i), "%04d".formatted(i));
    }
    echo.closeAll();
    assertThat(Ending.within(LIMIT, () -> counters.snapshot().open() == 0)).isTrue();
    assertThat(counters.snapshot().closed())
        .containsEntry(CloseKind.SERVER_STOPPED, (long) peers.size());
  }

  private static void send(SocketChannel peer, String text) throws IOException {
    peer.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
  }

  private static void assertReceives(SocketChannel peer, String text) throws IOException {
    peer.socket().setSoTimeout((int) LIMIT.toMillis());
    assertThat(peer.socket().getInputStream().readNBytes(text.length()))
        .asString(US_ASCII)
        .isEqualTo(text);
  }
}
