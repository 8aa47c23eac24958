package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** What a stop may take beyond its deadline on a busy host. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private static final ServerConfig ONE_THREAD = ServerConfig.loopback().withThreads(1);

  static Stream<Named<ServerVariant>> variants() {
    return ServerVariantContractTest.variants();
  }

  static Stream<Named<ServerVariant>> boundedVariants() {
    return ServerVariantContractTest.variants(ServerVariantContractTest::isBounded);
  }

  static Stream<Named<ServerVariant>> variantsThatServeSeveralAtOnce() {
    return ServerVariantContractTest.variants(ServerVariantContractTest::acceptsWhileItServes);
  }

  /** What a variant has not accepted when they come, it finds reset when it does. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void survivesThousandsOfResetsAtOnce(ServerVariant variant) throws IOException {
    int connections = variant.id().equals("sequential") ? mostThatWait(5_000) : 5_000;
    try (RunningServer server = ServerVariantContractTest.start(variant);
        EchoClients vandals = EchoClients.connect(connections, server.address())) {
      if (ServerVariantContractTest.acceptsWhileItServes(variant)) {
        Await.until("all are accepted", () -> server.counters().snapshot().open() == connections);
      }
      vandals.reset();

      Await.until(
          "every one is counted, and none is open",
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
  @MethodSource("variantsThatServeSeveralAtOnce")
  void halfOpenPeersHoldUpNobodyElse(ServerVariant variant) throws IOException {
    ServerConfig config = ServerConfig.loopback().withThreads(4);
    int silent = Math.min(200, variant.capacity(config).orElse(Integer.MAX_VALUE) - 1);
    try (RunningServer server = ServerVariantContractTest.start(variant, config);
        EchoClients peers = EchoClients.connect(silent, server.address())) {
      for (EchoClient peer : peers.all()) {
        peer.send(Payload.bytes(0, 100));
      }
      try (EchoClient lively = EchoClient.connect(server.address())) {
        lively.roundTrip(MIB);
      }
    }
  }

  /** That is where these models end: nobody else is served until the kernel gives up the peer. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("boundedVariants")
  void aHalfOpenPeerHoldsItsPlaceUntilItIsKnownToBeGone(ServerVariant variant) throws IOException {
    try (RunningServer server = ServerVariantContractTest.start(variant, ONE_THREAD);
        EchoClient vanished = EchoClient.connect(server.address())) {
      vanished.roundTrip(100);
      try (EchoClients waiting = EchoClients.connect(20, server.address())) {
        for (EchoClient peer : waiting.all()) {
          peer.send(Payload.bytes(0, 100));
        }
        assertThat(waiting.all()).allMatch(peer -> peer.bytesArrived() == 0, "hears nothing");

        vanished.reset();
        for (EchoClient peer : waiting.all()) {
          peer.expect(0, 100);
          peer.hangUp();
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void echoesAMessageThatArrivesByteByByte(ServerVariant variant) throws IOException {
    int length = 64 * 1024;
    byte[] message = Payload.bytes(0, length);
    try (RunningServer server = ServerVariantContractTest.start(variant);
        EchoClient client = EchoClient.connect(server.address())) {
      CompletableFuture<Void> sending =
          Background.run(
              () -> {
                for (int i = 0; i < length; i++) {
                  client.send(message, i, 1);
                }
              });
      client.expect(0, length);
      Background.await(List.of(sending));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void cutsOffLoadThatDoesNotEndWithinItsDeadline(ServerVariant variant) throws IOException {
    Duration deadline = Duration.ofMillis(200);
    RunningServer server = ServerVariantContractTest.start(variant);
    AtomicBoolean stopped = new AtomicBoolean();
    List<CompletableFuture<Void>> load = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      load.add(Background.run(() -> hammer(server, stopped)));
    }
    Await.until("load arrives", () -> server.counters().snapshot().bytesIn() > 100_000);

    long start = System.nanoTime();
    StopOutcome outcome = server.stop(deadline);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    stopped.set(true);

    assertThat(outcome).isEqualTo(StopOutcome.FORCED);
    assertThat(taken).isBetween(deadline, deadline.plus(SLACK));
    assertThat(server.counters().snapshot().open()).as("connections left open").isZero();
    Background.await(load);
  }

  /** Load goes on after the listener has closed; a peer that loses an echo fails the test. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void servesLoadToItsEndIfThatComesWithinTheDeadline(ServerVariant variant) throws IOException {
    RunningServer server = ServerVariantContractTest.start(variant);
    int peers = ServerVariantContractTest.acceptsWhileItServes(variant) ? 2 : 1;
    AtomicBoolean finish = new AtomicBoolean();
    List<CompletableFuture<Void>> load = new ArrayList<>();
    try (EchoClients clients = EchoClients.connect(peers, server.address())) {
      for (EchoClient client : clients.all()) {
        client.roundTrip(1);
        load.add(Background.run(() -> exchange(client, finish)));
      }
      CompletableFuture<StopOutcome> outcome =
          CompletableFuture.supplyAsync(() -> server.stop(Await.LIMIT));
      Await.until(
          "the listener is closed", () -> ServerVariantContractTest.refuses(server.address()));
      long bytesWhenItClosed = server.counters().snapshot().bytesIn();
      Await.until(
          "load is still served", () -> server.counters().snapshot().bytesIn() > bytesWhenItClosed);
      finish.set(true);

      Background.await(load);
      assertThat(outcome.orTimeout(Await.LIMIT.toSeconds(), TimeUnit.SECONDS).join())
          .isEqualTo(StopOutcome.GRACEFUL);
      assertThat(server.counters().snapshot().closed()).containsEntry(CloseKind.SERVER_STOPPED, 0L);
    } finally {
      server.close();
    }
  }

  /** At most {@code wanted}: all that a server leaves to the kernel fits into its queue. */
  private static int mostThatWait(int wanted) throws IOException {
    Path longestQueue = Path.of("/proc/sys/net/core/somaxconn");
    return Math.min(wanted, Integer.parseInt(Files.readAllLines(longestQueue).getFirst()));
  }

  private static void exchange(EchoClient client, AtomicBoolean finish) throws IOException {
    while (!finish.get()) {
      client.send(Payload.bytes(0, 1_000));
      client.expect(0, 1_000);
    }
    client.hangUp();
  }

  /** Whoever is cut off tries again, as load does; what counts is how the server stops. */
  private static void hammer(RunningServer server, AtomicBoolean stopped) {
    while (!stopped.get()) {
      try (EchoClient client = EchoClient.connect(server.address())) {
        exchange(client, stopped);
      } catch (IOException | AssertionError cutOff) {
        Thread.onSpinWait();
      }
    }
  }
}
