package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import myriad.server.RunningServer.StopOutcome;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every variant promises, on real sockets. A variant that cannot run here is skipped. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerVariantContractTest {

  private static final int MIB = 1024 * 1024;

  /** The least that shows whether threads, loops or processes share their work. */
  static final ServerConfig TWO_THREADS = ServerConfig.loopback().withThreads(2);

  static Stream<Named<ServerVariant>> variants() {
    return variants(any -> true);
  }

  static Stream<Named<ServerVariant>> variants(Predicate<ServerVariant> which) {
    return VariantCatalog.all().stream()
        .filter(which)
        .map(variant -> Named.of(variant.id(), variant));
  }

  /** Whether it serves a bounded number of connections at once. */
  static boolean isBounded(ServerVariant variant) {
    return variant.capacity(TWO_THREADS).isPresent();
  }

  /** Where it does not, further connections wait in the kernel's queue, and hold no descriptor. */
  static boolean acceptsWhileItServes(ServerVariant variant) {
    return !variant.id().equals("sequential") && !variant.id().equals("prefork");
  }

  static Stream<Arguments> variantsAndSizes() {
    return variants()
        .flatMap(
            variant ->
                Stream.of(1, 64, 127, 128, 129, 16 * 1024 + 1, MIB)
                    .map(bytes -> arguments(variant, bytes)));
  }

  @ParameterizedTest(name = "{0}: {1} bytes")
  @MethodSource("variantsAndSizes")
  void echoesMessagesOfAnySizeByteForByte(ServerVariant variant, int bytes) throws IOException {
    try (RunningServer server = start(variant);
        EchoClient client = EchoClient.connect(server.address())) {
      client.roundTrip(bytes);
      client.roundTrip(bytes);

      Await.until(
          "both messages are counted in and out",
          () -> {
            ServerCounters.Snapshot seen = server.counters().snapshot();
            return seen.bytesIn() == 2L * bytes && seen.bytesOut() == 2L * bytes;
          });
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void echoesOddFragmentsInOrder(ServerVariant variant) throws IOException {
    Random random = new Random(20);
    byte[] message = Payload.bytes(0, 200_000);
    try (RunningServer server = start(variant);
        EchoClient client = EchoClient.connect(server.address())) {
      int sent = 0;
      while (sent < message.length) {
        int fragment = Math.min(message.length - sent, 1 + random.nextInt(1, 1_999));
        client.send(message, sent, fragment);
        client.expect(sent, fragment / 2);
        client.expect(sent + fragment / 2, fragment - fragment / 2);
        sent += fragment;
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void echoesThroughTheSmallestBuffer(ServerVariant variant) throws IOException {
    ServerConfig smallest = TWO_THREADS.withBufferBytes(64);
    try (RunningServer server = start(variant, smallest);
        EchoClient client = EchoClient.connect(server.address())) {
      client.roundTrip(10_000);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void echoesWhatIsLeftAfterHalfCloseThenCloses(ServerVariant variant) throws IOException {
    try (RunningServer server = start(variant);
        EchoClient client = EchoClient.connect(server.address())) {
      client.send(Payload.bytes(0, 100_000));
      client.finishSending();
      client.expect(0, 100_000);
      client.expectEnd();

      awaitClosed(server, CloseKind.PEER_FINISHED, 1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void closesAConnectionThatSentNothing(ServerVariant variant) throws IOException {
    try (RunningServer server = start(variant)) {
      EchoClient.connect(server.address()).close();

      awaitClosed(server, CloseKind.PEER_FINISHED, 1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void survivesAndCountsAReset(ServerVariant variant) throws IOException {
    try (RunningServer server = start(variant)) {
      EchoClient vandal = EchoClient.connect(server.address());
      vandal.roundTrip(10);
      vandal.reset();
      awaitClosed(server, CloseKind.PEER_RESET, 1);

      try (EchoClient next = EchoClient.connect(server.address())) {
        next.roundTrip(10);
      }
    }
  }

  /** The peer sends up to 100 MB and reads nothing: what is taken stays within kernel buffers. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void stopsReadingFromAPeerThatDoesNotRead(ServerVariant variant) throws IOException {
    long offered = 100L * MIB;
    try (RunningServer server = start(variant);
        StalledSender client = StalledSender.connect(server.address())) {
      long sent = client.sendUntilStalled(offered);
      assertThat(sent).as("bytes that left the client").isLessThan(offered);
      assertThat(server.counters().snapshot().bytesIn())
          .as("bytes the server took; many more than kernel buffers hold means it keeps them")
          .isLessThan(16L * MIB);

      client.readAllBack();
      awaitClosed(server, CloseKind.PEER_FINISHED, 1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void stopsAtOnceWithoutConnectionsAndFreesItsPort(ServerVariant variant) throws IOException {
    RunningServer server = start(variant);
    InetSocketAddress address = server.address();

    assertThat(server.stop(Duration.ofSeconds(10))).isEqualTo(StopOutcome.GRACEFUL);
    assertThatIOException().isThrownBy(() -> EchoClient.connect(address));
    try (ServerSocket next = new ServerSocket()) {
      next.bind(address);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void servesOpenConnectionsWhileItStops(ServerVariant variant) throws IOException {
    RunningServer server = start(variant);
    try (EchoClient client = EchoClient.connect(server.address())) {
      client.roundTrip(10);
      CompletableFuture<StopOutcome> outcome =
          CompletableFuture.supplyAsync(() -> server.stop(Duration.ofSeconds(20)));
      Await.until("the listener is closed", () -> refuses(server.address()));
      client.roundTrip(1_000);
      client.hangUp();

      assertThat(outcome.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(StopOutcome.GRACEFUL);
      assertThat(server.counters().snapshot().closed()).containsEntry(CloseKind.SERVER_STOPPED, 0L);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void cutsOffConnectionsAtTheDeadline(ServerVariant variant) throws IOException {
    Duration deadline = Duration.ofMillis(200);
    Duration slack = Duration.ofSeconds(10);
    RunningServer server = start(variant);
    try (EchoClient client = EchoClient.connect(server.address())) {
      client.roundTrip(10);
      long start = System.nanoTime();
      StopOutcome outcome = server.stop(deadline);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);

      assertThat(outcome).isEqualTo(StopOutcome.FORCED);
      assertThat(server.stop(deadline)).as("second call").isEqualTo(StopOutcome.FORCED);
      assertThat(taken).isBetween(deadline, deadline.plus(slack));
      client.expectEnd();
      assertThat(server.counters().snapshot().closed()).containsEntry(CloseKind.SERVER_STOPPED, 1L);
    }
  }

  /**
   * An interrupt ends the time that is granted to peers, not the care for what must not be left.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void aStopThatIsInterruptedCutsOffAndLeavesNothing(ServerVariant variant) throws IOException {
    serveOneAndStop(variant);
    int openBefore = Leftovers.openSockets();
    RunningServer server = start(variant);
    try (EchoClient client = EchoClient.connect(server.address())) {
      client.roundTrip(10);

      Thread.currentThread().interrupt();
      StopOutcome outcome = server.stop(Duration.ofSeconds(50));

      assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
      assertThat(outcome).isEqualTo(StopOutcome.FORCED);
      client.expectEndOrReset();
      assertThat(server.counters().snapshot().closed()).containsEntry(CloseKind.SERVER_STOPPED, 1L);
    }
    Leftovers.awaitNone(variant, openBefore);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void countsEachConnectionOnceThoughPeersLeaveWhileItStops(ServerVariant variant)
      throws IOException {
    int connections = variant.capacity(TWO_THREADS).isPresent() ? 1 : 200;
    try (RunningServer server = start(variant)) {
      List<EchoClient> clients = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        EchoClient client = EchoClient.connect(server.address());
        clients.add(client);
        client.roundTrip(1);
      }
      for (EchoClient client : clients) {
        client.close();
      }

      server.stop(Duration.ofSeconds(5));

      ServerCounters.Snapshot counted = server.counters().snapshot();
      assertThat(counted.accepted()).isEqualTo(connections);
      assertThat(counted.open()).isZero();
      assertThat(counted.closed().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(connections);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void leavesNoThreadAndNoDescriptorBehind(ServerVariant variant) throws IOException {
    serveOneAndStop(variant);
    int openBefore = Leftovers.openSockets();

    serveOneAndStop(variant);

    Leftovers.awaitNone(variant, openBefore);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void refusesAnAddressInUseAndLeavesNothingBehind(ServerVariant variant) throws IOException {
    serveOneAndStop(variant);
    try (ServerSocket occupied = new ServerSocket()) {
      occupied.bind(ServerConfig.loopback().bindAddress());
      InetSocketAddress taken = (InetSocketAddress) occupied.getLocalSocketAddress();
      int openBefore = Leftovers.openSockets();

      assertThatIOException().isThrownBy(() -> start(variant, ServerConfig.at(taken)));

      Leftovers.awaitNone(variant, openBefore);
    }
  }

  private static void serveOneAndStop(ServerVariant variant) throws IOException {
    try (RunningServer server = start(variant);
        EchoClient client = EchoClient.connect(server.address())) {
      client.roundTrip(10);
    }
  }

  static boolean refuses(InetSocketAddress address) {
    try (EchoClient accepted = EchoClient.connect(address)) {
      return accepted.bytesArrived() < 0;
    } catch (IOException refused) {
      return true;
    }
  }

  static void awaitClosed(RunningServer server, CloseKind kind, long count) {
    Await.until(
        "%d connections are counted as %s".formatted(count, kind.label()),
        () -> server.counters().snapshot().closed().getOrDefault(kind, 0L) == count);
  }

  static RunningServer start(ServerVariant variant) throws IOException {
    return start(variant, TWO_THREADS);
  }

  static RunningServer start(ServerVariant variant, ServerConfig config) throws IOException {
    assumeRuns(variant);
    return variant.start(config);
  }

  static boolean runs(ServerVariant variant) {
    return variant.probe(ServerConfig.loopback()) instanceof Availability.Available;
  }

  static void assumeRuns(ServerVariant variant) {
    if (variant.probe(ServerConfig.loopback()) instanceof Availability.Unavailable missing) {
      abort(missing.reason() + ": " + missing.detail());
    }
  }
}
