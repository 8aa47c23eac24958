package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import myriad.server.RunningServer.StopOutcome;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several processes behind one port: shared load, summed counters, restarts, and their end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedPortServerTest {

  private static final int CONNECTIONS = 64;
  private static final int MESSAGE_BYTES = 100;
  private static final ServerVariant VARIANT = VariantCatalog.find("nio-selector").orElseThrow();

  /** Sequential is left out: shared by processes it is prefork, which has tests of its own. */
  static Stream<Named<ServerVariant>> variantsThatScale() {
    return ServerVariantContractTest.variants(ServerVariantContractTest::acceptsWhileItServes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variantsThatScale")
  void everyProcessServesOneThatDiesIsReplacedAndAllStop(ServerVariant variant) throws IOException {
    ServerVariantContractTest.assumeRuns(variant);
    List<ProcessHandle> processes;
    try (SharedPortServer server = SharedPortServer.start(variant, ServerConfig.loopback(), 2)) {
      assertServedByAll(server);

      ProcessHandle victim = server.processes().getFirst();
      assertThat(victim.destroyForcibly()).isTrue();
      Await.until("it is started again", () -> isReplaced(server, victim));
      assertServedByAll(server);

      processes = server.processes();
      assertThat(server.stop(Await.LIMIT)).isEqualTo(StopOutcome.GRACEFUL);
      assertThat(server.restarts()).isEqualTo(1);
    }
    assertThat(processes).hasSize(2).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void connectionsOfAProcessThatDiedAreCountedAsFailed() throws IOException {
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

  /** A parent that is killed can tell nobody. One has a process of every variant. */
  @Test
  void processesEndWhenTheirParentIsKilled() throws Exception {
    List<String> ids =
        ServerVariantContractTest.variants(
                variant ->
                    ServerVariantContractTest.acceptsWhileItServes(variant)
                        && ServerVariantContractTest.runs(variant))
            .map(Named::getName)
            .toList();
    Process parent =
        new ProcessBuilder(ChildCommand.jvm(Parent.class, ids.toArray(String[]::new)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = parent.inputReader()) {
      List<ProcessHandle> processes = new ArrayList<>();
      for (String _ : ids) {
        String pid = String.valueOf(said.readLine());
        processes.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
      }
      parent.destroyForcibly().waitFor();

      for (int i = 0; i < ids.size(); i++) {
        ProcessHandle process = processes.get(i);
        Await.until("the process of " + ids.get(i) + " has ended", () -> !process.isAlive());
      }
    } finally {
      parent.descendants().forEach(ProcessHandle::destroyForcibly);
      parent.destroyForcibly();
    }
  }

  /**
   * Starts a server of one process for each variant that its arguments name, says the id of each
   * process, and waits to be killed.
   */
  static final class Parent {

    private Parent() {}

    public static void main(String[] ids) throws IOException {
      for (String id : ids) {
        SharedPortServer server =
            SharedPortServer.start(
                VariantCatalog.find(id).orElseThrow(), ServerConfig.loopback(), 1);
        System.out.println(server.processes().getFirst().pid());
      }
      int _ = System.in.read();
    }
  }

  /**
   * Connects as many as make it certain that both processes serve some, and finds all counted. The
   * kernel chooses by a hash: that one of two gets none of 64 has a chance of 2^-63.
   */
  private static void assertServedByAll(SharedPortServer server) throws IOException {
    ServerCounters.Snapshot before = server.counters().snapshot();
    List<ProcessHandle> processes = server.processes();
    List<Integer> socketsBefore = processes.stream().map(SharedPortServerTest::sockets).toList();
    try (EchoClients clients = EchoClients.connect(CONNECTIONS, server.address())) {
      for (EchoClient client : clients.all()) {
        client.roundTrip(MESSAGE_BYTES);
      }
      Await.until(
          "all that both processes did is counted",
          () -> {
            ServerCounters.Snapshot seen = server.counters().snapshot();
            return seen.accepted() == before.accepted() + CONNECTIONS
                && seen.bytesOut() == before.bytesOut() + CONNECTIONS * MESSAGE_BYTES;
          });
      for (int i = 0; i < processes.size(); i++) {
        assertThat(sockets(processes.get(i))).isGreaterThan(socketsBefore.get(i));
      }
    }
    Await.until("all have left", () -> server.counters().snapshot().open() == 0);
  }

  /** Whether another process serves in its place. */
  private static boolean isReplaced(SharedPortServer server, ProcessHandle victim) {
    return server.restarts() == 1
        && !server.processes().contains(victim)
        && listeners(server.address()) == 2;
  }

  /** Sockets that listen at a port, as the kernel lists them. */
  private static long listeners(InetSocketAddress address) {
    Pattern listening =
        Pattern.compile(
            " *\\d+: \\p{XDigit}+:%04X \\p{XDigit}+:0000 0A .*".formatted(address.getPort()));
    return Stream.of("tcp", "tcp6")
        .map(table -> Path.of("/proc/net", table))
        .filter(Files::exists)
        .flatMap(SharedPortServerTest::lines)
        .filter(line -> listening.matcher(line).matches())
        .count();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
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
