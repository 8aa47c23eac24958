package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Consumer;
import myriad.server.AcceptFailure;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NonBlockingAcceptorTest {

  private final ServerCounters counters = new ServerCounters();

  @Test
  void losesTheConnectionAloneThatALoopHasNoMemoryFor() throws IOException {
    Consumer<SocketChannel> full =
        connection -> {
          throw new OutOfMemoryError("no memory to hand " + connection + " over");
        };
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      listener.configureBlocking(false);
      NonBlockingAcceptor acceptor = new NonBlockingAcceptor(listener, List.of(full), counters);
      try (SocketChannel peer = SocketChannel.open(listener.getLocalAddress())) {

        assertThat(acceptor.acceptBatch()).isZero();

        assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
    }
    ServerCounters.Snapshot now = counters.snapshot();
    assertThat(now.open()).isZero();
    assertThat(now.closed()).containsEntry(CloseKind.FAILED, 1L);
    assertThat(now.acceptFailures()).containsEntry(AcceptFailure.MEMORY, 1L);
  }
}
