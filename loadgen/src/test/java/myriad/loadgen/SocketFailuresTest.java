package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import javax.net.ssl.SSLException;
import myriad.results.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketFailuresTest {

  @Test
  void connectFailuresAreToldApart() {
    assertThat(
            ofConnect(
                new ConnectException(
                    "finishConnect(..) failed with error(-111): Connection refused")))
        .isEqualTo(Counter.CONNECT_REFUSED);
    assertThat(ofConnect(new ConnectTimeoutException("connection timed out after 5 ms")))
        .isEqualTo(Counter.CONNECT_TIMED_OUT);
    assertThat(ofConnect(new NoRouteToHostException("No route to host")))
        .isEqualTo(Counter.CONNECT_UNREACHABLE);
    assertThat(ofConnect(new IOException("Network is unreachable")))
        .isEqualTo(Counter.CONNECT_UNREACHABLE);
    assertThat(ofConnect(new IOException("connect(..) failed: Cannot assign requested address")))
        .isEqualTo(Counter.NO_LOCAL_PORTS);
    assertThat(ofConnect(new IOException("Connection reset by peer"))).isEqualTo(Counter.RESET);
    assertThat(ofConnect(new IOException("something new"))).isEqualTo(Counter.CONNECT_FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "socket(..) failed with error(-12): Cannot allocate memory, memory.max",
    "syscall:connect(..) failed with error(-105): No buffer space available, tcp_mem",
    "epoll_ctl(..) failed with error(-28): No space left on device, fs.epoll.max_user_watches",
  })
  void whatTheKernelHasNoMoreOfForTheLoadIsNotTheTargetsFault(String said, String remedy) {
    IOException failure = new IOException("no further socket", new IOException(said));

    Counter kind = ofConnect(failure);

    assertThat(kind).isEqualTo(Counter.NO_KERNEL_RESOURCES);
    assertThat(SocketFailures.remedyFor(kind, SocketFailures.messageOf(failure))).contains(remedy);
  }

  @Test
  void aUnixSocketThatIsNotThereIsToldAsThat() {
    String example = SocketFailures.messageOf(new FileNotFoundException());

    assertThat(example).isEqualTo("no such file or directory");
    assertThat(SocketFailures.remedyFor(Counter.CONNECT_FAILED, example))
        .isEqualTo("start the target, or check the path of its socket");
    assertThat(SocketFailures.remedyFor(Counter.CONNECT_REFUSED, example))
        .contains("check host and port");
  }

  @Test
  void theCauseBehindAWrapperCounts() {
    assertThat(
            ofConnect(
                new IllegalStateException(
                    "no channel", new IOException("socket(..): Too many open files"))))
        .isEqualTo(Counter.NO_DESCRIPTORS);
  }

  @Test
  void failuresOfOpenConnectionsAreToldApart() {
    assertThat(
            SocketFailures.ofOpenConnection(
                new IOException("recvAddress(..) failed: Connection reset by peer")))
        .isEqualTo(Counter.RESET);
    assertThat(SocketFailures.ofOpenConnection(new IOException("Broken pipe")))
        .isEqualTo(Counter.RESET);
    assertThat(SocketFailures.ofOpenConnection(new IOException("No buffer space available")))
        .isEqualTo(Counter.IO_FAILED);
  }

  @Test
  void whatIsNoFailureOfTheNetworkIsAFaultOfMyriad() {
    assertThat(SocketFailures.isOfConnection(new SSLException("bad record"))).isTrue();
    assertThat(SocketFailures.isOfConnection(new DecoderException(new SSLException("bad"))))
        .isTrue();
    assertThat(SocketFailures.isOfConnection(new IllegalStateException("bug"))).isFalse();
  }

  private static Counter ofConnect(Throwable failure) {
    return SocketFailures.ofConnect(failure);
  }
}
