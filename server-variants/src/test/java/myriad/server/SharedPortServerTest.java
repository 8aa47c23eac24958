package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import myriad.server.RunningServer.StopOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several processes behind one port: shared load, summed counters, restarts, and their end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedPortServerTest {

  private static final ServerVariant VARIANT = VariantCatalog.find("nio-selector").orElseThrow();

  @Test
  void everyProcessServesAndTheCountersAreOfAll() throws IOException {
    List<EchoClient> clients = new ArrayList<>();
    try (SharedPortServer server = SharedPortServer.start(VARIANT, ServerConfig.loopback(), 2)) {
      List<ProcessHandle> processes = server.processes();
      assertThat(processes).hasSize(2);
      List<Integer> socketsBefore = processes.stream().map(SharedPortServerTest::sockets).toList();
      // The kernel chooses by a hash: that one of two gets none of 64 has a chance of 2^-63.
      for (int i = 0; i < 64; i++) {
        EchoClient client = EchoClient.connect(server.address());
        clients.add(client);
        client.roundTrip(100);
      }
      Await.until(
          "all bytes of both processes are counted",
          () -> server.counters().snapshot().bytesOut() == 64 * 100);
      for (int i = 0; i < processes.size(); i++) {
        assertThat(sockets(processes.get(i))).isGreaterThan(socketsBefore.get(i));
      }
    } finally {
      for (EchoClient client : clients) {
        client.hangUp();
      }
    }
  }

  @Test
  void aProcessThatDiedIsStartedAgainAndItsConnectionsAreCountedAsFailed() throws IOException {
    try (SharedPortServer server = SharedPortServer.start(VARIANT, ServerConfig.loopback(), 1);
        EchoClient victim = EchoClient.connect(server.address())) {
      victim.roundTrip(10);
      Await.until("it is counted", () -> server.counters().snapshot().open() == 1);
      ProcessHandle first = server.processes().getFirst();
      assertThat(first.destroyForcibly()).isTrue();
      victim.expectEndOrReset();

      Await.until("another process serves", () -> serves(server));
      assertThat(server.restarts()).isEqualTo(1);
      assertThat(server.processes()).hasSize(1).doesNotContain(first);
      ServerVariantContractTest.awaitClosed(server, CloseKind.FAILED, 1);
    }
  }

  @Test
  void theHeapIsThatOfAllProcessesAndTheCountersAreFreshWhenItIsTold() throws IOException {
    try (SharedPortServer server = SharedPortServer.start(VARIANT, ServerConfig.loopback(), 2);
        EchoClient client = EchoClient.connect(server.address())) {
      client.roundTrip(100);

      long heapBytes = server.heapBytesAfterCollection(Await.LIMIT).orElseThrow();

      assertThat(heapBytes).as("bytes of two heaps").isGreaterThan(1_000_000);
      assertThat(server.counters().snapshot().bytesOut()).isEqualTo(100);
    }
  }

  /** The kernel would give each of the two a part of the connections that are meant for one. */
  @Test
  void aPortThatAnotherServerSharesIsRefused() throws IOException {
    try (SharedPortServer first = SharedPortServer.start(VARIANT, ServerConfig.loopback(), 1)) {
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(
              () -> SharedPortServer.start(VARIANT, ServerConfig.at(first.address()), 1).close());
    }
  }

  /** The side that closes first remembers the connection for a minute (TIME_WAIT). */
  @Test
  void aPortIsTakenAgainThoughConnectionsOfItsLastOwnerAreRemembered() throws IOException {
    InetSocketAddress address;
    try (ServerSocket owner = new ServerSocket()) {
      owner.bind(ServerConfig.loopback().bindAddress());
      address = (InetSocketAddress) owner.getLocalSocketAddress();
      try (EchoClient peer = EchoClient.connect(address)) {
        owner.accept().close();
        peer.expectEnd();
      }
    }

    try (SharedPortServer server = SharedPortServer.start(VARIANT, ServerConfig.at(address), 1)) {
      assertThat(serves(server)).isTrue();
    }
  }

  @Test
  void stopEndsEveryProcess() throws IOException {
    SharedPortServer server = SharedPortServer.start(VARIANT, ServerConfig.loopback(), 2);
    List<ProcessHandle> processes = server.processes();

    assertThat(server.stop(Duration.ofSeconds(10))).isEqualTo(StopOutcome.GRACEFUL);
    assertThat(processes).hasSize(2).noneMatch(ProcessHandle::isAlive);
    assertThat(server.restarts()).isZero();
  }

  @Test
  void processesEndWhenTheirParentIsKilled() throws IOException, InterruptedException {
    Process parent = new ProcessBuilder(ChildCommand.jvm(Parent.class)).start();
    try (BufferedReader pids = parent.inputReader()) {
      List<ProcessHandle> processes =
          Stream.of(pids.readLine().split(" "))
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
              .flatMap(Optional::stream)
              .toList();
      assertThat(processes).hasSize(2).allMatch(ProcessHandle::isAlive);
      parent.destroyForcibly().waitFor();

      Await.until(
          "both processes have ended", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      parent.destroyForcibly();
    }
  }

  /** Starts a server of two processes, says their ids, and waits to be killed. */
  static final class Parent {

    private Parent() {}

    public static void main(String[] unused) throws IOException {
      SharedPortServer server = SharedPortServer.start(VARIANT, ServerConfig.loopback(), 2);
      List<String> pids =
          server.processes().stream().map(process -> Long.toString(process.pid())).toList();
      System.out.println(String.join(" ", pids));
      int _ = System.in.read();
    }
  }

  private static boolean serves(RunningServer server) {
    try (EchoClient client = EchoClient.connect(server.address())) {
      client.roundTrip(10);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int sockets(ProcessHandle process) {
    return Leftovers.openSockets(process.pid());
  }
}
