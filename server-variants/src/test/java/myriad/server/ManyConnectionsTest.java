package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import myriad.server.RunningServer.StopOutcome;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thousand connections at once, and what those see that a variant cannot serve yet. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyConnectionsTest {

  private static final int CONNECTIONS = 1_000;
  private static final int MESSAGE_BYTES = 64;
  private static final int MIB = 1024 * 1024;
  private static final ServerConfig ONE_THREAD = ServerConfig.loopback().withThreads(1);

  /** Descriptors that the JVM or Netty opens once, when a variant runs for the first time. */
  private static final int ALLOWANCE_FOR_FIRST_USE = 20;

  static Stream<Named<ServerVariant>> variants() {
    return ServerVariantContractTest.variants();
  }

  static Stream<Named<ServerVariant>> boundedVariants() {
    return ServerVariantContractTest.variants(ServerVariantContractTest::isBounded);
  }

  static Stream<Named<ServerVariant>> variantsThatAcceptOneAtATime() {
    return ServerVariantContractTest.variants(
        variant -> !ServerVariantContractTest.acceptsWhileItServes(variant));
  }

  /**
   * All connect and send before any is read. A variant without a capacity answers all of them while
   * all are open; one with a capacity answers so many, and each further one when an earlier one has
   * left.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void servesAThousandConnections(ServerVariant variant) throws IOException {
    OptionalInt capacity = variant.capacity(ServerVariantContractTest.TWO_THREADS);
    List<EchoClient> all = new ArrayList<>();
    try (RunningServer server = ServerVariantContractTest.start(variant)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        EchoClient client = EchoClient.connect(server.address());
        all.add(client);
        client.send(Payload.bytes(i, MESSAGE_BYTES));
      }
      if (capacity.isPresent()) {
        expectInTurn(all, capacity.getAsInt());
      } else {
        expectAtOnce(all, server);
      }
      Await.until(
          "all connections are counted",
          () -> server.counters().snapshot().accepted() == CONNECTIONS);
    } finally {
      for (EchoClient client : all) {
        client.close();
      }
    }
  }

  /** Whoever is cut off learns it, and its descriptor is closed. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void cutsOffAThousandConnections(ServerVariant variant) throws IOException {
    int openBefore = Leftovers.openSockets();
    List<EchoClient> all = new ArrayList<>();
    RunningServer server = ServerVariantContractTest.start(variant);
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(EchoClient.connect(server.address()));
      }
      Await.until("one is accepted", () -> server.counters().snapshot().open() > 0);

      assertThat(server.stop(Duration.ofMillis(50))).isEqualTo(StopOutcome.FORCED);
      for (EchoClient client : all) {
        client.expectEndOrReset();
      }
      assertThat(server.counters().snapshot().open()).isZero();
    } finally {
      for (EchoClient client : all) {
        client.hangUp();
      }
    }
    Leftovers.awaitNone(variant, openBefore + ALLOWANCE_FOR_FIRST_USE);
  }

  /**
   * Whoever is one too many is connected all the same, may send, and hears nothing: a pool has
   * accepted it, and the others have not.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("boundedVariants")
  void aConnectionBeyondTheCapacityWaitsUntilAnotherEnds(ServerVariant variant) throws IOException {
    try (RunningServer server = ServerVariantContractTest.start(variant, ONE_THREAD);
        EchoClient served = EchoClient.connect(server.address())) {
      served.roundTrip(MESSAGE_BYTES);
      try (EchoClient waiting = EchoClient.connect(server.address())) {
        waiting.send(Payload.bytes(0, MESSAGE_BYTES));
        if (ServerVariantContractTest.acceptsWhileItServes(variant)) {
          Await.until("it is accepted", () -> server.counters().snapshot().open() == 2);
        }
        served.roundTrip(MIB);
        assertThat(waiting.bytesArrived()).as("echoed to the one that waits").isZero();

        served.hangUp();
        waiting.expect(0, MESSAGE_BYTES);
      }
    }
  }

  /** The kernel holds one connection more than the backlog says, and drops what goes beyond. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variantsThatAcceptOneAtATime")
  void beyondTheBacklogNoConnectionIsMadeUntilAnotherEnds(ServerVariant variant)
      throws IOException {
    try (RunningServer server =
            ServerVariantContractTest.start(variant, ONE_THREAD.withBacklog(1));
        EchoClient served = EchoClient.connect(server.address())) {
      served.roundTrip(MESSAGE_BYTES);
      try (EchoClients waiting = EchoClients.connect(2, server.address())) {
        assertThatExceptionOfType(SocketTimeoutException.class)
            .isThrownBy(() -> EchoClient.connect(server.address(), Duration.ofMillis(300)));

        served.hangUp();
        waiting.all().getFirst().roundTrip(MESSAGE_BYTES);
        EchoClient.connect(server.address()).hangUp();
      }
    }
  }

  private static void expectAtOnce(List<EchoClient> all, RunningServer server) throws IOException {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).expect(i, MESSAGE_BYTES);
    }
    Await.until("all are open", () -> server.counters().snapshot().open() == all.size());
  }

  private static void expectInTurn(List<EchoClient> all, int capacity) throws IOException {
    Deque<Integer> unanswered = new ArrayDeque<>();
    for (int i = 0; i < all.size(); i++) {
      unanswered.add(i);
    }
    while (!unanswered.isEmpty()) {
      Await.until("one more is answered", () -> unanswered.stream().anyMatch(i -> hasEcho(all, i)));
      List<Integer> answered = unanswered.stream().filter(i -> hasEcho(all, i)).toList();
      assertThat(answered.size()).as("answered at once").isLessThanOrEqualTo(capacity);
      for (int i : answered) {
        all.get(i).expect(i, MESSAGE_BYTES);
        all.get(i).hangUp();
      }
      unanswered.removeAll(answered);
    }
  }

  private static boolean hasEcho(List<EchoClient> all, int index) {
    return all.get(index).bytesArrived() >= MESSAGE_BYTES;
  }
}
