package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import myriad.server.RunningServer.StopOutcome;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What peers do to servers, and what servers must not keep of it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerVariantFaultTest {

  private static final int MIB = 1024 * 1024;

  static Stream<Named<ServerVariant>> variants() {
    return ServerVariantContractTest.variants();
  }

  /** A variant that does not accept while it serves is offered no more than a backlog holds. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void survivesThousandsOfResetsAtOnce(ServerVariant variant) throws IOException {
    ServerConfig config = ServerVariantContractTest.TWO_THREADS;
    boolean bounded = variant.capacity(config).isPresent();
    int connections = bounded ? 2_000 : 5_000;
    try (RunningServer server = ServerVariantContractTest.start(variant, config)) {
      List<EchoClient> vandals = connect(connections, server);
      if (!bounded) {
        Await.until(
            "all are accepted", () -> server.counters().snapshot().accepted() == connections);
      }
      for (EchoClient vandal : vandals) {
        vandal.reset();
      }

      Await.until(
          "every reset is counted, none as anything else",
          () -> {
            ServerCounters.Snapshot seen = server.counters().snapshot();
            return seen.accepted() == connections && seen.open() == 0;
          });
      ServerVariantContractTest.awaitClosed(server, CloseKind.PEER_RESET, connections);
      try (EchoClient next = EchoClient.connect(server.address())) {
        next.roundTrip(1_000);
      }
    }
  }

  /** Peers that vanished look like this: connected, silent, and never heard of again. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void silentPeersHoldUpNobodyElse(ServerVariant variant) throws IOException {
    ServerConfig config = ServerConfig.loopback().withThreads(4);
    int silent = Math.min(200, variant.capacity(config).orElse(Integer.MAX_VALUE) - 1);
    try (RunningServer server = ServerVariantContractTest.start(variant, config)) {
      List<EchoClient> peers = connect(singleHash(variant) ? 0 : silent, server);
      for (EchoClient peer : peers) {
        peer.send(Payload.bytes(0, 100));
      }
      try (EchoClient lively = EchoClient.connect(server.address())) {
        lively.roundTrip(MIB);
      }
      for (EchoClient peer : peers) {
        peer.hangUp();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void echoesAMessageThatArrivesByteByByte(ServerVariant variant) throws IOException {
    int length = 64 * 1024;
    byte[] message = Payload.bytes(0, length);
    try (RunningServer server =
            ServerVariantContractTest.start(variant, ServerVariantContractTest.TWO_THREADS);
        EchoClient client = EchoClient.connect(server.address())) {
      CompletableFuture<Void> sending =
          inBackground(
              () -> {
                for (int i = 0; i < length; i++) {
                  client.send(message, i, 1);
                }
              });
      client.expect(0, length);
      sending.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void stopsWithinItsDeadlineUnderLoad(ServerVariant variant) throws IOException {
    Duration deadline = Duration.ofMillis(200);
    RunningServer server =
        ServerVariantContractTest.start(variant, ServerVariantContractTest.TWO_THREADS);
    AtomicBoolean stopped = new AtomicBoolean();
    List<CompletableFuture<Void>> load = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      load.add(inBackground(() -> hammer(server, stopped)));
    }
    Await.until("load arrives", () -> server.counters().snapshot().bytesIn() > 100_000);

    long start = System.nanoTime();
    StopOutcome outcome = server.stop(deadline);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    stopped.set(true);

    assertThat(outcome).isEqualTo(StopOutcome.FORCED);
    assertThat(taken).isLessThan(deadline.plusSeconds(10));
    assertThat(server.counters().snapshot().open()).as("connections left open").isZero();
    CompletableFuture.allOf(load.toArray(CompletableFuture[]::new))
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void aThousandConnectionsThatComeAndGoLeaveNothing(ServerVariant variant) throws IOException {
    try (RunningServer server =
        ServerVariantContractTest.start(variant, ServerVariantContractTest.TWO_THREADS)) {
      comeAndGo(server, 200);
      awaitAllClosed(server);
      int socketsBefore = Leftovers.openSockets();
      int threadsBefore = Leftovers.threadsOf(variant).size();
      long directBytesBefore = directBytes();

      comeAndGo(server, 1_000);
      awaitAllClosed(server);

      Await.until("descriptors are closed", () -> Leftovers.openSockets() <= socketsBefore);
      Await.until("threads have ended", () -> Leftovers.threadsOf(variant).size() <= threadsBefore);
      assertThat(directBytes() - directBytesBefore).as("growth of direct memory").isLessThan(MIB);
    }
  }

  private static void comeAndGo(RunningServer server, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (EchoClient client = EchoClient.connect(server.address())) {
        client.send(Payload.bytes(i, 64));
        client.expect(i, 64);
      }
    }
  }

  private static void awaitAllClosed(RunningServer server) {
    Await.until("all are closed", () -> server.counters().snapshot().open() == 0);
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  /** With prefork, the kernel may send the lively peer behind a silent one: that is its model. */
  private static boolean singleHash(ServerVariant variant) {
    return variant.id().equals("prefork");
  }

  private static void hammer(RunningServer server, AtomicBoolean stopped) {
    while (!stopped.get()) {
      try (EchoClient client = EchoClient.connect(server.address())) {
        while (!stopped.get()) {
          client.send(Payload.bytes(0, 1_000));
          client.expect(0, 1_000);
        }
      } catch (IOException | AssertionError cutOff) {
        // Whoever is cut off tries again, as load does; what counts is how the server stops.
        Thread.onSpinWait();
      }
    }
  }

  private static List<EchoClient> connect(int count, RunningServer server) throws IOException {
    List<EchoClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(EchoClient.connect(server.address()));
    }
    return clients;
  }

  private static CompletableFuture<Void> inBackground(Sending sending) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            sending.run();
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        },
        task -> Thread.ofPlatform().start(task));
  }

  @FunctionalInterface
  private interface Sending {
    void run() throws IOException;
  }
}
