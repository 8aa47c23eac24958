package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FreePortTest {

  @Test
  void aServerCanListenThere() throws IOException {
    int port = FreePort.find();
    try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(server.getLocalPort()).isEqualTo(port);
    }
  }

  @Test
  void aPortThatIsTakenIsNotFree() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.isFree(taken.getLocalPort())).isFalse();
    }
  }

  /** Whoever waits for a server there would take it for that. */
  @Test
  void nobodyIsHeardThereWhileItIsLookedAt() throws IOException {
    try (Socket look = FreePort.bound(0)) {
      assertThat(isListening(look.getLocalPort())).isFalse();
    }
  }

  private static boolean isListening(int port) {
    try (Socket probe = new Socket()) {
      probe.bind(new InetSocketAddress("127.0.0.2", 0));
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}
