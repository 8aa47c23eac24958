package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server in a process of few descriptors, and more connections than those: accept fails, is
 * counted, is not tried all the time, and works again when there are descriptors again.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DescriptorExhaustionTest {

  private static final int DESCRIPTORS = 200;
  private static final int CONNECTIONS = 300;
  private static final int LEAVING = 200;
  private static final int MESSAGE_BYTES = 64;

  private static final int FAILURES = 8;

  /** Pauses grow from 10 to 100 ms: so many failures take 550 ms, or longer on a busy host. */
  private static final Duration LEAST_TIME_OF_FAILURES = Duration.ofMillis(400);

  /** It takes all the CPU it can get, whatever happens. */
  private static final String NEVER_SLEEPS = "busy-poll";

  static Stream<Named<ServerVariant>> holdingManyConnections() {
    return ServerVariantContractTest.variants(ServerVariantContractTest::acceptsWhileItServes);
  }

  static Stream<Named<ServerVariant>> holdingOneConnection() {
    return ServerVariantContractTest.variants(
        variant -> !ServerVariantContractTest.acceptsWhileItServes(variant));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holdingManyConnections")
  void countsBacksOffAndRecoversWhenSomeClose(ServerVariant variant) throws IOException {
    ServerVariantContractTest.assumeRuns(variant);
    try (SeparateServer server =
            SeparateServer.ofFewDescriptors(variant, threads(variant), DESCRIPTORS);
        EchoClients clients = EchoClients.connect(CONNECTIONS, server.address())) {
      assertBacksOff(variant, server);

      for (EchoClient leaving : clients.all().subList(0, LEAVING)) {
        leaving.hangUp();
      }
      for (EchoClient staying : clients.all().subList(LEAVING, CONNECTIONS)) {
        staying.roundTrip(MESSAGE_BYTES);
      }
    }
  }

  /** One connection takes one descriptor: what runs out is what the rest of the process holds. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("holdingOneConnection")
  void countsBacksOffAndRecoversThoughItHoldsOneConnectionAtATime(ServerVariant variant)
      throws Exception {
    try (SeparateServer server = SeparateServer.ofFewDescriptors(variant, 1, DESCRIPTORS)) {
      server.takeAwayDescriptors();
      // The kernel reserved a descriptor when the server began to wait for a connection.
      serve(EchoClient.connect(server.address()));
      try (EchoClients clients = EchoClients.connect(2, server.address())) {
        assertBacksOff(variant, server);

        server.giveBackDescriptors();
        for (EchoClient client : clients.all()) {
          serve(client);
        }
      }
    }
  }

  /** A server that tried again at once would fail so often in no time, and use a core for it. */
  private static void assertBacksOff(ServerVariant variant, SeparateServer server) {
    Await.until("accept fails", () -> server.failures() > 0);
    long failuresBefore = server.failures();
    Duration cpuBefore = server.cpuTime();
    long start = System.nanoTime();
    Await.until(
        "accept was tried again some times", () -> server.failures() >= failuresBefore + FAILURES);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    Duration cpuUsed = server.cpuTime().minus(cpuBefore);

    assertThat(taken).as("time of %d failures", FAILURES).isGreaterThan(LEAST_TIME_OF_FAILURES);
    if (!variant.id().equals(NEVER_SLEEPS)) {
      assertThat(cpuUsed).as("CPU time within %s", taken).isLessThan(taken.dividedBy(2));
    }
  }

  private static void serve(EchoClient client) throws IOException {
    client.roundTrip(MESSAGE_BYTES);
    client.hangUp();
  }

  private static int threads(ServerVariant variant) {
    ServerConfig roomForAll = ServerConfig.loopback().withThreads(CONNECTIONS);
    return variant.capacity(roomForAll).isPresent() ? CONNECTIONS : ServerConfig.VARIANT_DEFAULT;
  }
}
