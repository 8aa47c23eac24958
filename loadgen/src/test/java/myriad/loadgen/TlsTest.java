package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.unix.DomainSocketAddress;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS against a server of the JDK, whose certificate is for {@code localhost} by name only. */
@Timeout(60)
class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;

  private static KeyStore keys;
  private static List<X509Certificate> authorities;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).as("keytool ends").isTrue();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    authorities = List.of((X509Certificate) keys.getCertificate("server"));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void messagesAreEchoedOverTls(Transport transport) throws Exception {
    TransportTest.assumeAvailable(transport);
    try (TestServer server = TestServer.echoOn(tlsListener())) {
      RunResult run =
          run(plan(byName(server)).transport(transport).pipelineDepth(4).tls(trusting()).build());

      assertThat(run.errors()).as("errors among %s, %s", run.counters(), run.notes()).isZero();
      assertThat(run.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(run.connections().open()).isEqualTo(5);
      assertThat(run.messages()).isPositive();
      assertThat(run.latency())
          .hasEntrySatisfying(LatencyKind.CONNECT, all -> assertThat(all.count()).isEqualTo(5));
      assertThat(run.notes()).contains("connect time includes the handshake of TLS");
      assertThat(run.plan()).containsEntry("tls", "true").containsEntry("tls-ca", "ca.pem");
    }
  }

  @Test
  void aCertificateThatNobodySignedIsRefusedWithTheRemedy() throws Exception {
    try (TestServer server = TestServer.echoOn(tlsListener())) {
      assertFails(
          run(
              plan(byName(server))
                  .tls(new Tls(Optional.empty(), List.of(), Optional.empty(), true))
                  .build()),
          "--tls-ca FILE",
          "--tls-insecure");
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefusedWithTheRemedy() throws Exception {
    try (TestServer server = TestServer.echoOn(tlsListener())) {
      assertFails(run(plan(byAddress(server)).tls(trusting()).build()), "127.0.0.1", "--tls-name");
    }
  }

  @Test
  void theNameToVerifyCanBeGiven() throws Exception {
    try (TestServer server = TestServer.echoOn(tlsListener())) {
      Tls named = new Tls(Optional.empty(), authorities, Optional.of("localhost"), true);
      RunResult run = run(plan(byAddress(server)).tls(named).build());

      assertThat(run.errors()).as("errors among %s", run.counters()).isZero();
      assertThat(run.plan()).containsEntry("tls-name", "localhost");
    }
  }

  @Test
  void insecureVerifiesNothing() throws Exception {
    try (TestServer server = TestServer.echoOn(tlsListener())) {
      Tls insecure = new Tls(Optional.empty(), List.of(), Optional.empty(), false);
      RunResult run = run(plan(byAddress(server)).tls(insecure).build());

      assertThat(run.errors()).as("errors among %s", run.counters()).isZero();
      assertThat(run.plan()).containsEntry("tls-insecure", "true");
    }
  }

  @Test
  void aTargetThatSpeaksNoTlsIsTold() throws Exception {
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) ->
                connection
                    .getOutputStream()
                    .write("huh?\r\n".getBytes(StandardCharsets.US_ASCII)))) {
      assertFails(run(plan(byName(server)).tls(trusting()).build()), "no TLS", "leave out --tls");
    }
  }

  @Test
  void aTargetThatClosesInsteadOfAHandshakeIsTold() throws Exception {
    try (TestServer server =
        TestServer.serving((bytes, length, connection) -> connection.close())) {
      RunResult run = run(plan(byName(server)).tls(trusting()).build());

      assertThat(run.outcome()).isEqualTo(Outcome.TARGET_FAILED);
      assertThat(run.connections().failed()).isEqualTo(5);
      assertThat(run.errors()).isEqualTo(5);
    }
  }

  @Test
  void aHandshakeThatIsNotAnsweredTimesOut() throws Exception {
    try (ServerSocket backlogOnly = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
      InetSocketAddress target = (InetSocketAddress) backlogOnly.getLocalSocketAddress();
      RunResult run =
          run(plan(target).connectTimeout(Duration.ofMillis(200)).tls(trusting()).build());

      assertThat(run.counters()).containsEntry(Counter.CONNECT_TIMED_OUT, 5L);
      assertThat(run.latency()).as("nothing was connected").doesNotContainKey(LatencyKind.CONNECT);
    }
  }

  @Test
  void aUnixDomainSocketHasNoNameToVerify() {
    LoadPlan.Builder plan = LoadPlan.against(new DomainSocketAddress("/nowhere")).tls(trusting());

    assertThatThrownBy(plan::build).hasMessageContaining("--tls-name or --tls-insecure");
  }

  private static void assertFails(RunResult run, String... told) {
    assertThat(run.outcome()).isEqualTo(Outcome.TARGET_FAILED);
    assertThat(run.counters()).containsEntry(Counter.TLS_FAILED, 5L);
    assertThat(run.errors()).as("one a connection").isEqualTo(5);
    assertThat(run.errorKinds())
        .singleElement()
        .satisfies(error -> assertThat(error.example()).contains(told));
  }

  private static Tls trusting() {
    return new Tls(Optional.of("ca.pem"), authorities, Optional.empty(), true);
  }

  private static ServerSocket tlsListener() throws Exception {
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 64, InetAddress.getLoopbackAddress());
  }

  private static InetSocketAddress byName(TestServer server) {
    return new InetSocketAddress("localhost", server.address().getPort());
  }

  private static InetSocketAddress byAddress(TestServer server) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.address().getPort());
  }

  private static LoadPlan.Builder plan(InetSocketAddress target) {
    return LoadPlan.against(target)
        .connections(5)
        .eventLoops(1)
        .warmup(Duration.ofMillis(100))
        .duration(Duration.ofMillis(500));
  }

  private static RunResult run(LoadPlan plan) throws HostLimitException {
    return new LoadRun(plan, progress -> {}).run().run();
  }
}
