package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.Counter;
import myriad.results.RunDirectory;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that a user may have, each started here on a free port and ended with the test. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ForeignServersIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1 | socat | TCP-LISTEN:%d,bind=127.0.0.1,fork,reuseaddr,backlog=64 EXEC:cat",
        "::1 | socat | TCP6-LISTEN:%d,bind=[::1],fork,reuseaddr,backlog=64 EXEC:cat",
        "127.0.0.1 | ncat | -l 127.0.0.1 %d --keep-open --exec /bin/cat",
        "::1 | ncat | -6 -l ::1 %d --keep-open --exec /bin/cat"
      })
  void echoOverTcp(String host, String program, String arguments) throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress(host);
    try (ForeignServer echo = start(address, program, arguments.formatted(address.getPort()))) {
      assertAnswered(load(target(address), "-s", "1-2k"), echo);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "socat | UNIX-LISTEN:%s,fork,backlog=64 EXEC:cat",
        "ncat | -l -U %s --keep-open --exec /bin/cat"
      })
  void echoOverAUnixDomainSocket(String program, String arguments) throws Exception {
    ForeignServer.assumeInstalled(program);
    Path path = folder.resolve("echo.sock");
    try (ForeignServer echo =
        ForeignServer.start(
            UnixDomainSocketAddress.of(path), command(program, arguments.formatted(path)))) {
      assertAnswered(load("unix:" + path), echo);
    }
  }

  @Test
  void echoOfXinetd() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    Path config =
        file(
            "xinetd.conf",
            """
            service echo
            {
              type = INTERNAL UNLISTED
              id = echo-stream
              socket_type = stream
              protocol = tcp
              wait = no
              user = %s
              bind = 127.0.0.1
              port = %d
              instances = UNLIMITED
              per_source = UNLIMITED
              cps = 10000 1
            }
            """
                .formatted(System.getProperty("user.name"), address.getPort()));
    String arguments =
        "-dontfork -f %s -filelog %s -pidfile %s"
            .formatted(config, folder.resolve("log"), folder.resolve("pid"));
    try (ForeignServer xinetd = start(address, "xinetd", arguments)) {
      assertAnswered(load(target(address), "--message", "hello\\n"), xinetd);
    }
  }

  @Test
  void redisAnswersPing() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    try (ForeignServer redis = redis(address, "")) {
      RunResult run =
          load(
              target(address),
              "--request",
              "PING\\r\\n",
              "--expect",
              "+PONG\\r\\n",
              "--pipeline",
              "8");
      assertAnswered(run, redis);
      assertThat(run.plan())
          .containsEntry("request", "PING\\r\\n")
          .containsEntry("expect", "text:+PONG\\r\\n");
    }
  }

  @Test
  void redisIsToldThePasswordInAFirstMessage() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    String[] ping = {"--request", "PING\\r\\n", "--expect", "+PONG\\r\\n"};
    try (ForeignServer redis = redis(address, "--requirepass secret")) {
      RunResult stranger = load(target(address), ping);
      assertThat(stranger.outcome()).isEqualTo(RunResult.Outcome.TARGET_FAILED);
      assertThat(stranger.counters().get(Counter.CORRUPT))
          .describedAs("-NOAUTH is not +PONG")
          .isPositive();
      assertThat(stranger.messages()).isZero();

      List<String> first = new ArrayList<>(List.of(ping));
      first.addAll(List.of("--first-message", "AUTH secret\\r\\n", "--first-expect", "+OK\\r\\n"));
      assertAnswered(load(target(address), first.toArray(String[]::new)), redis);
    }
  }

  @Test
  void memcachedTellsItsVersion() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    String arguments = "-l 127.0.0.1 -p %d -U 0 -u nobody".formatted(address.getPort());
    try (ForeignServer memcached = start(address, "memcached", arguments)) {
      RunResult run =
          load(
              target(address),
              "--request",
              "version\\r\\n",
              "--expect",
              "until:\\r\\n",
              "--expect",
              "starts:VERSION ");
      assertAnswered(run, memcached);
      assertThat(run.notes()).singleElement().asString().contains("only their first 8 bytes");
    }
  }

  @Test
  void nginxAnswersGetOnConnectionsKeptAlive() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    Path request = file("request", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    Path config =
        file(
            "nginx.conf",
            """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr;
            events { worker_connections 512; }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              keepalive_requests 1000000000;
              server {
                listen 127.0.0.1:%d;
                location / { return 200 "hello, world\\n"; }
              }
            }
            """
                .formatted(address.getPort()));
    try (ForeignServer nginx =
        start(address, "nginx", "-p %s -c %s -e stderr".formatted(folder, config))) {
      int length = lengthOfReply(address, Files.readAllBytes(request));
      assertAnswered(
          load(
              target(address),
              "--request",
              "@" + request,
              "--expect",
              "length:" + length,
              "--expect",
              "starts:HTTP/1.1 200 OK\\r\\n"),
          nginx);
      assertAnswered(
          load(
              target(address),
              "--request",
              "GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
              "--expect",
              "until:world\\n",
              "--pipeline",
              "4",
              "--rate",
              "1k"),
          nginx);

      RunResult notFound =
          load(
              target(address),
              "--request",
              "GET http:// HTTP/1.1\\r\\n\\r\\n",
              "--expect",
              "until:</html>\\r\\n",
              "--expect",
              "starts:HTTP/1.1 200 OK\\r\\n");
      assertThat(notFound.outcome()).isEqualTo(RunResult.Outcome.TARGET_FAILED);
      assertThat(notFound.counters().get(Counter.CORRUPT))
          .describedAs("400 is not 200")
          .isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "socat | OPENSSL-LISTEN:%1$d,bind=127.0.0.1,fork,reuseaddr,backlog=64,verify=0,cert=%2$s,key=%3$s"
            + " EXEC:cat",
        "ncat | -l 127.0.0.1 %1$d --keep-open --ssl --ssl-cert %2$s --ssl-key %3$s --exec /bin/cat"
      })
  void echoOverTls(String program, String arguments) throws Exception {
    ForeignServer.assumeInstalled("openssl");
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    makeCertificate(certificate, key);
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    String all = arguments.formatted(address.getPort(), certificate, key);
    try (ForeignServer echo = start(address, program, all)) {
      RunResult run =
          load("localhost:" + address.getPort(), "--tls", "--tls-ca", certificate.toString());
      assertAnswered(run, echo);
      assertThat(run.plan())
          .containsEntry("tls", "true")
          .containsEntry("tls-ca", certificate.toString());

      RunResult distrusted = load("localhost:" + address.getPort(), "--tls");
      assertThat(distrusted.counters()).containsEntry(Counter.TLS_FAILED, 8L);
      assertThat(distrusted.errorKinds())
          .singleElement()
          .satisfies(
              error -> assertThat(error.example()).contains("--tls-ca FILE", "--tls-insecure"));
    }
  }

  /**
   * In a network of its own with 50 source ports: from one address more than 50 connections can be
   * made to two targets only if the port is chosen in connect(), where the target counts.
   */
  @ParameterizedTest
  @CsvSource({"epoll, 80", "nio, 50"})
  void portsOfASourceAddressAreSharedBetweenTargets(String transport, int open) throws Exception {
    ForeignServer.assumeInstalled("unshare");
    String script =
        """
        set -e
        ip link set lo up
        echo '40000 40049' >/proc/sys/net/ipv4/ip_local_port_range
        for port in 7001 7002; do
          timeout 60 "$0" serve nio-selector --port $port >&2 &
          for try in $(seq 300); do
            if (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null; then break; fi
            sleep 0.1
          done
        done
        "$0" load 127.0.0.1:7001-7002 --source-ip 127.0.0.2 -c 80 -d 200ms --warmup 0 \
          --transport %s --max-errors 100 -o "$1" || true
        kill %%1 %%2
        """
            .formatted(transport);
    try (MyriadProcess network =
        MyriadProcess.start(
            List.of(
                "unshare",
                "--net",
                "--map-root-user",
                "bash",
                "-c",
                script,
                MyriadProcess.launcher().toString(),
                folder.toString()))) {
      int exitCode = network.exitCode();
      assumeThat(network.err().toString())
          .describedAs("a network namespace may be made here")
          .doesNotContain("unshare failed", "Operation not permitted");
      assertThat(exitCode).describedAs("%s", network.err()).isZero();
      RunResult run = latestRun();
      assertThat(run.connections().open())
          .describedAs("%s %s", run.counters(), network.err())
          .isEqualTo(open);
      if (open < 80) {
        assertThat(run.counters()).containsEntry(Counter.NO_LOCAL_PORTS, 80L - open);
      }
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

  private ForeignServer redis(InetSocketAddress address, String more) throws Exception {
    return start(
        address,
        "redis-server",
        "--bind 127.0.0.1 --port %d --dir %s --appendonly no %s"
            .formatted(address.getPort(), folder, more)
            .strip());
  }

  private static ForeignServer start(InetSocketAddress address, String program, String arguments)
      throws Exception {
    ForeignServer.assumeInstalled(program);
    return ForeignServer.start(address, command(program, arguments));
  }

  private static List<String> command(String program, String arguments) {
    return Stream.concat(Stream.of(program), Stream.of(arguments.split(" ", -1))).toList();
  }

  /** A short load; its result, whatever it is. */
  private RunResult load(String target, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("load", target, "-c", "8", "-d", "500ms", "--warmup", "0"));
    arguments.addAll(List.of("-o", folder.resolve("runs").toString()));
    arguments.addAll(List.of(options));
    try (MyriadProcess load = MyriadProcess.myriad(arguments.toArray(String[]::new))) {
      assertThat(load.exitCode())
          .describedAs("%s", load.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number(), ExitCode.TARGET_FAILED.number());
    }
    return latestRun();
  }

  private static void assertAnswered(RunResult run, ForeignServer server) {
    assertThat(run.outcome())
        .describedAs("%s %s", run.counters(), server.said())
        .isEqualTo(RunResult.Outcome.COMPLETE);
    assertThat(run.errors()).describedAs("errors among %s", run.counters()).isZero();
    assertThat(run.connections().open()).isEqualTo(8);
    assertThat(run.messages()).isPositive();
  }

  /** The result that was written last; run directories are named by their time. */
  private RunResult latestRun() throws Exception {
    try (Stream<Path> directories = Files.walk(folder)) {
      Path latest =
          directories
              .filter(path -> Files.exists(path.resolve("run.json")))
              .max((a, b) -> a.toString().compareTo(b.toString()))
              .orElseThrow();
      SweepResult sweep = RunDirectory.open(latest).read().result();
      return sweep.runs().getFirst();
    }
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String target(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[%s]:%d" : "%s:%d").formatted(host, address.getPort());
  }

  /** Bytes of the one reply to a request, after which the server falls silent. */
  private static int lengthOfReply(InetSocketAddress address, byte[] request) throws Exception {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      InputStream in = socket.getInputStream();
      StringBuilder reply = new StringBuilder();
      while (!reply.toString().endsWith("hello, world\n")) {
        int next = in.read();
        assertThat(next).describedAs("byte after %s", reply).isNotNegative();
        reply.append((char) next);
      }
      return reply.toString().getBytes(StandardCharsets.ISO_8859_1).length;
    }
  }
}
