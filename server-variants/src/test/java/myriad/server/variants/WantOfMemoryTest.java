package myriad.server.variants;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An event loop that has no memory for what a slow reader leaves loses that peer, and no other. */
@Timeout(60)
class WantOfMemoryTest {

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ServerCounters counters = new ServerCounters();

  /** An event loop, in the only ways in which others touch it. */
  record Loop(Runnable loop, Consumer<SocketChannel> connections, Runnable end) {}

  /** Makes one. */
  @FunctionalInterface
  interface LoopMaker {
    Loop make(ServerCounters counters) throws IOException;
  }

  private static ByteBuffer noMemory(int bytes) {
    throw new OutOfMemoryError("asked for " + bytes + " bytes");
  }

  static Stream<Named<LoopMaker>> loops() {
    return Stream.of(
        Named.of(
            "SelectorLoop",
            counters -> {
              SelectorLoop loop =
                  new SelectorLoop(BUFFER_BYTES, counters, WantOfMemoryTest::noMemory);
              return new Loop(loop, loop, loop::end);
            }),
        Named.of(
            "PollLoop",
            counters -> {
              PollLoop loop = new PollLoop(BUFFER_BYTES, counters, WantOfMemoryTest::noMemory);
              return new Loop(loop, loop, loop::end);
            }));
  }

  @ParameterizedTest
  @MethodSource("loops")
  void losesTheSlowReaderAlone(LoopMaker maker) throws Exception {
    Loop loop = maker.make(counters);
    Thread thread = Thread.ofPlatform().daemon().start(loop.loop());
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel slow = connect(listener, loop);
          SocketChannel other = connect(listener, loop)) {
        sendUntilCutOff(slow);

        assertThat(closed()).containsEntry(CloseKind.FAILED, 1L);
        assertEchoes(other.socket());
      }
    } finally {
      loop.end().run();
      Ending.await(thread, LIMIT);
    }
    assertThat(counters.snapshot().open()).isZero();
  }

  private SocketChannel connect(ServerSocketChannel listener, Loop loop) throws IOException {
    SocketChannel peer = SocketChannel.open(listener.getLocalAddress());
    counters.accepted();
    loop.connections().accept(listener.accept());
    return peer;
  }

  /** Reads nothing, so that the loop has nowhere to write to. */
  private void sendUntilCutOff(SocketChannel slow) throws IOException {
    slow.configureBlocking(false);
    ByteBuffer chunk = ByteBuffer.allocate(BUFFER_BYTES);
    long start = System.nanoTime();
    while (closed().values().stream().allMatch(count -> count == 0)) {
      assertThat(System.nanoTime() - start)
          .describedAs("time in which the loop closed nothing")
          .isLessThan(LIMIT.toNanos());
      try {
        int _ = slow.write(chunk.clear());
      } catch (IOException reset) {
        // The loop counts what it has closed, and is about to.
        Thread.onSpinWait();
      }
    }
  }

  private Map<CloseKind, Long> closed() {
    return counters.snapshot().closed();
  }

  private static void assertEchoes(Socket peer) throws IOException {
    peer.setSoTimeout((int) LIMIT.toMillis());
    peer.getOutputStream().write("still here".getBytes(US_ASCII));
    assertThat(peer.getInputStream().readNBytes(10)).asString(US_ASCII).isEqualTo("still here");
  }
}
