package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a wire on epoll asks of its socket. */
@Timeout(60)
class EpollWireTest {

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

  @BeforeEach
  void needEpoll() {
    TransportTest.assumeAvailable(Transport.EPOLL);
  }

  @AfterEach
  void end() {
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  static List<Arguments> messages() {
    return List.of(
        Arguments.of(List.of(64), false),
        Arguments.of(List.of(64, 64), true),
        Arguments.of(List.of(100_000), true));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void nothingWaitsForTheAcknowledgementOfAnEarlierSegment(List<Integer> sizes, boolean noDelay)
      throws Exception {
    try (TestServer server = TestServer.echo()) {
      boolean found =
          loops
              .next()
              .submit(
                  () -> {
                    LinuxSocket socket = LinuxSocket.newSocketStream(SocketProtocolFamily.INET);
                    EpollWire wire =
                        new EpollWire(
                            new EpollWireLoop((IoEventLoop) loops.next(), 10_000),
                            socket,
                            server.address(),
                            new Silence());
                    wire.connect();
                    for (int bytes : sizes) {
                      ByteBuf message = wire.buffer(bytes);
                      wire.write(message.writeZero(bytes));
                      wire.flush();
                    }
                    boolean set = socket.isTcpNoDelay();
                    wire.close();
                    return set;
                  })
              .get(10, TimeUnit.SECONDS);

      assertThat(found).isEqualTo(noDelay);
    }
  }

  private static final class Silence implements Wire.Listener {
    @Override
    public void connected() {}

    @Override
    public void handshakeFailed(Throwable cause) {}

    @Override
    public void received(ByteBuf in) {}

    @Override
    public void receivedAll() {}

    @Override
    public void ended() {}

    @Override
    public void failed(Throwable cause) {}
  }
}
