package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.results.Counter;
import myriad.results.RunResult;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Echo servers that speak TLS. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TlsServersIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "socat | OPENSSL-LISTEN:%1$d,bind=127.0.0.1,fork,reuseaddr,backlog=64,verify=0,cert=%2$s,key=%3$s"
            + " EXEC:cat",
        "ncat | -l 127.0.0.1 %1$d --keep-open --ssl --ssl-cert %2$s --ssl-key %3$s --exec /bin/cat"
      })
  void echoOverTls(String program, String arguments) throws Exception {
    Programs.assumeInstalled("openssl");
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    makeCertificate(certificate, key);
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    String all = arguments.formatted(address.getPort(), certificate, key);
    try (ForeignServer echo = ForeignServer.start(address, program, all)) {
      RunResult run =
          ShortLoad.run(
              folder,
              "localhost:" + address.getPort(),
              "--tls",
              "--tls-ca",
              certificate.toString());
      ShortLoad.assertAnswered(run, echo);
      assertThat(run.plan())
          .containsEntry("tls", "true")
          .containsEntry("tls-ca", certificate.toString());

      RunResult distrusted = ShortLoad.run(folder, "localhost:" + address.getPort(), "--tls");
      assertThat(distrusted.counters()).containsEntry(Counter.TLS_FAILED, 8L);
      assertThat(distrusted.errorKinds())
          .singleElement()
          .satisfies(
              error -> assertThat(error.example()).contains("--tls-ca FILE", "--tls-insecure"));
    }
  }

  private static void makeCertificate(Path certificate, Path key) throws Exception {
    List<String> openssl =
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-out",
            certificate.toString(),
            "-keyout",
            key.toString());
    try (MyriadProcess made = MyriadProcess.start(openssl)) {
      assertThat(made.exitCode()).describedAs("%s", made.err()).isZero();
    }
  }
}
