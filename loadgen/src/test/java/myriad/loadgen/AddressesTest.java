package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import myriad.results.Counter;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class AddressesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Transport.class)
  void connectionsComeFromEverySource(Transport transport) throws Exception {
    TransportTest.assumeAvailable(transport);
    Map<String, Integer> seen = new ConcurrentHashMap<>();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              seen.put(connection.getInetAddress().getHostAddress() + connection.getPort(), 1);
              TestServer.echo(bytes, length, connection);
            })) {
      RunResult run =
          run(
              idle(server.address())
                  .transport(transport)
                  .connections(9)
                  .sources(
                      List.of(
                          InetAddress.ofLiteral("127.0.0.2"),
                          InetAddress.ofLiteral("127.0.0.3"),
                          InetAddress.ofLiteral("127.0.0.4")))
                  .build());

      assertThat(run.connections().open()).isEqualTo(9);
      assertThat(seen.keySet()).hasSize(9);
      for (String source : List.of("127.0.0.2", "127.0.0.3", "127.0.0.4")) {
        assertThat(seen.keySet().stream().filter(peer -> peer.startsWith(source))).hasSize(3);
      }
    }
  }

  @Test
  void connectionsAreSpreadOverTargets() throws Exception {
    try (TestServer first = TestServer.echo();
        TestServer second = TestServer.echo()) {
      RunResult run =
          run(
              LoadPlan.against(List.of(first.address(), second.address()))
                  .arrivals(new Arrivals.Idle())
                  .warmup(Duration.ZERO)
                  .duration(Duration.ofMillis(200))
                  .connections(7)
                  .build());

      assertThat(run.connections().open()).isEqualTo(7);
      assertThat(first.connectionsAccepted()).isEqualTo(4);
      assertThat(second.connectionsAccepted()).isEqualTo(3);
      assertThat(run.target()).endsWith(" and 1 more");
    }
  }

  @Test
  void ipv6IsLoadedLikeIpv4() throws Exception {
    try (TestServer server = TestServer.echoOn(InetAddress.ofLiteral("::1"))) {
      RunResult run = run(idle(server.address()).connections(3).build());

      assertThat(run.connections().open()).isEqualTo(3);
      assertThat(run.target()).startsWith("[0:0:0:0:0:0:0:1]:");
    }
  }

  @Test
  void aUnixDomainSocketIsLoadedToo() throws Exception {
    Path path = folder.resolve("echo.sock");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path), 100);
      Thread.ofVirtual().start(() -> echoAll(listener));
      RunResult run =
          run(
              LoadPlan.against(new DomainSocketAddress(path.toFile()))
                  .warmup(Duration.ZERO)
                  .duration(Duration.ofMillis(300))
                  .connections(3)
                  .build());

      assertThat(run.errors()).isZero();
      assertThat(run.messages()).isPositive();
      assertThat(run.target()).isEqualTo("unix:" + path);
    }
  }

  /** Its backlog has room for two; connect(2) does not wait for a place. */
  @Test
  void aUnixDomainSocketWhoseBacklogIsFullIsToldWithTheRemedy() throws Exception {
    Path path = folder.resolve("full.sock");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path), 1);
      RunResult run =
          run(
              LoadPlan.against(new DomainSocketAddress(path.toFile()))
                  .warmup(Duration.ZERO)
                  .duration(Duration.ofMillis(100))
                  .replyTimeout(Duration.ofMillis(100))
                  .connections(10)
                  .build());

      assertThat(Loads.onlyError(run).counter()).isEqualTo(Counter.CONNECT_FAILED);
      assertThat(Loads.onlyError(run).remedy()).contains("listen queue was full", "--connect-rate");
    }
  }

  @Test
  void whatAUnixDomainSocketCannotDoIsRefused() {
    LoadPlan.Builder plan = LoadPlan.against(new DomainSocketAddress("/nowhere"));

    assertThatThrownBy(() -> plan.transport(Transport.NIO).build())
        .hasMessageStartingWith("--transport is nio");
    assertThatThrownBy(
            () ->
                plan.transport(Transport.EPOLL)
                    .sources(List.of(InetAddress.getLoopbackAddress()))
                    .build())
        .hasMessageStartingWith("--source-ip is ");
  }

  private static void echoAll(ServerSocketChannel listener) {
    try {
      while (true) {
        SocketChannel connection = listener.accept();
        Thread.ofVirtual().start(() -> echo(connection));
      }
    } catch (ClosedChannelException stopped) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void echo(SocketChannel connection) {
    ByteBuffer bytes = ByteBuffer.allocate(1024);
    try (connection) {
      while (connection.read(bytes.clear()) >= 0) {
        bytes.flip();
        while (bytes.hasRemaining()) {
          connection.write(bytes);
        }
      }
    } catch (IOException gone) {
      return;
    }
  }

  private static LoadPlan.Builder idle(InetSocketAddress target) {
    return LoadPlan.against(target)
        .arrivals(new Arrivals.Idle())
        .warmup(Duration.ZERO)
        .duration(Duration.ofMillis(200));
  }

  private static RunResult run(LoadPlan plan) throws HostLimitException {
    return new LoadRun(plan, progress -> {}).run().run();
  }
}
