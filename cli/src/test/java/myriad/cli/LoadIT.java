package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LoadIT {

  @TempDir Path out;

  @ParameterizedTest
  @CsvSource({
    "--pipeline 2",
    "--rate 2k",
    "--rate 2k --busy-poll",
    "--rate 2k --connect-stages 100ms:1k"
  })
  void loadsAServerAndKeepsTheResult(String loop) throws Exception {
    try (MyriadProcess server = MyriadProcess.myriad("serve", "epoll", "--port", "0", "--json");
        MyriadProcess load =
            load(ServeIT.address(server), "-c 20 -d 500ms --warmup 100ms " + loop)) {
      assertThat(load.exitCode())
          .describedAs("%s", load.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
      assertThat(load.out())
          .anyMatch(line -> line.matches("connections +20 open of 20, 0 failed, 0 lost"))
          .anyMatch(line -> line.matches("errors +none"))
          .anyMatch(line -> line.startsWith("service time"))
          .anyMatch(line -> line.startsWith("response time"));
      RunResult run = onlyRun(SweepResult.Status.COMPLETE);
      assertThat(run.messages()).isPositive();
      assertThat(run.errors()).isZero();
      assertThat(run.plan().containsKey("busy-poll")).isEqualTo(loop.contains("--busy-poll"));
      assertThat(load.exitCode())
          .as("%s", load.err())
          .isEqualTo(ExitCode.of(List.of(run)).number());
    }
  }

  @Test
  void watchesTheProcessOfTheServer() throws Exception {
    try (MyriadProcess server = MyriadProcess.myriad("serve", "epoll", "--port", "0", "--json")) {
      InetSocketAddress address = ServeIT.address(server);
      try (MyriadProcess load =
          load(address, "-c 20 -d 500ms --warmup 0 --server-pid " + server.pid())) {
        load.exitCode();
        assertThat(onlyRun(SweepResult.Status.COMPLETE).server()).isNotNull();
      }
    }
  }

  @Test
  void standardOutputHoldsTheFormatAskedForAndNothingElse() throws Exception {
    try (MyriadProcess server = MyriadProcess.myriad("serve", "epoll", "--port", "0", "--json");
        MyriadProcess load =
            load(ServeIT.address(server), "-c 5 -d 200ms --warmup 0 --format csv")) {
      load.exitCode();
      assertThat(load.out()).hasSize(2);
      assertThat(load.out().getFirst()).startsWith("run_id,variant,model,repeat,");
    }
  }

  /** As on GitHub: annotations and a summary beside it, and only the report on standard output. */
  @Test
  void aFailedThresholdIsToldToGitHub() throws Exception {
    Path summary = out.resolveSibling(out.getFileName() + ".md");
    try (MyriadProcess server = MyriadProcess.myriad("serve", "epoll", "--port", "0", "--json")) {
      ProcessBuilder command =
          new ProcessBuilder(
              Stream.concat(
                      Stream.of(MyriadProcess.launcher().toString(), "load"),
                      Stream.of(
                          "127.0.0.1:" + ServeIT.address(server).getPort(),
                          "-o",
                          out.toString(),
                          "-c",
                          "5",
                          "-d",
                          "200ms",
                          "-R",
                          "500",
                          "--format",
                          "junit",
                          "--threshold",
                          "messages>=1m"))
                  .toList());
      command.environment().remove("GITHUB_ACTIONS");
      command.environment().put("GITHUB_STEP_SUMMARY", summary.toString());
      try (MyriadProcess load = MyriadProcess.start(command)) {
        assertThat(load.exitCode())
            .describedAs("%s", load.err())
            .isIn(ExitCode.FAILED.number(), ExitCode.INVALID.number());
        assertThat(String.join("", load.out())).startsWith("<?xml").endsWith("</testsuites>");
        assertThat(load.err())
            .anyMatch(line -> line.startsWith("::error title=Myriad%3A messages>=1m::"))
            .anyMatch(line -> line.startsWith("✗"));
        assertThat(summary).content().contains("### Myriad", "| checked |");
      }
    } finally {
      Files.deleteIfExists(summary);
    }
  }

  @Test
  void prometheusScrapesTheRunAsItGoesOn() throws Exception {
    try (MyriadProcess server = MyriadProcess.myriad("serve", "epoll", "--port", "0", "--json");
        MyriadProcess load =
            load(ServeIT.address(server), "-c 20 -d 60s --warmup 0 --rate 1k --metrics-port 0");
        HttpClient client = HttpClient.newHttpClient()) {
      String said = load.awaitErr(line -> line.startsWith("metrics are at "));
      URI metrics = URI.create(said.substring(said.indexOf("http")));
      assertThat(metrics.getHost()).isEqualTo("127.0.0.1");
      load.awaitErr(line -> line.contains("measuring"));
      String text =
          client
              .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(text.lines())
          .contains("# TYPE myriad_messages_total counter")
          .anyMatch(line -> line.matches("myriad_run\\{.*phase=\"measure\".*} 1\\.0"))
          .anyMatch(line -> line.matches("myriad_connections_open\\{.*} 20\\.0"))
          .anyMatch(line -> line.matches("myriad_messages_total\\{.*} [1-9].*"))
          .anyMatch(
              line ->
                  line.matches(
                      "myriad_service_time_seconds\\{.*quantile=\"0.99\".*} 0?\\.?[0-9].*"));
      load.signal("INT");
      assertThat(load.exitCode()).as("%s", load.err()).isEqualTo(ExitCode.INTERRUPTED.number());
    }
  }

  /** Who starts a load under nohup wants it to go on when the terminal is gone. */
  @Test
  void aHangUpThatIsIgnoredStaysIgnored() throws Exception {
    try (MyriadProcess server = MyriadProcess.myriad("serve", "epoll", "--port", "0", "--json");
        MyriadProcess load =
            MyriadProcess.start(
                List.of(
                    "nohup",
                    MyriadProcess.launcher().toString(),
                    "load",
                    "127.0.0.1:" + ServeIT.address(server).getPort(),
                    "-o",
                    out.toString(),
                    "-c",
                    "5",
                    "-d",
                    "15s",
                    "--warmup",
                    "0"))) {
      load.awaitErr(line -> line.contains("measuring"));
      load.signal("HUP");
      assertThat(load.exitCode())
          .describedAs("%s", load.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
      assertThat(onlyRun(SweepResult.Status.COMPLETE).measured())
          .isGreaterThan(Duration.ofSeconds(14));
    }
  }

  @Test
  void nobodyListensThere() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) closedAtOnce.getLocalSocketAddress();
    }
    try (MyriadProcess load = load(nobody, "-c 10 --quiet")) {
      assertThat(load.exitCode()).as("%s", load.err()).isEqualTo(ExitCode.TARGET_FAILED.number());
      assertThat(load.err()).singleElement().asString().contains("failed", "10 refused");
      assertThat(onlyRun(SweepResult.Status.PARTIAL).outcome())
          .isEqualTo(RunResult.Outcome.TARGET_FAILED);
    }
  }

  /** The run was to last a minute; what it measured until the server was killed is kept. */
  @Test
  void serverThatIsKilledLeavesAPartialResult() throws Exception {
    try (MyriadProcess server = MyriadProcess.myriad("serve", "epoll", "--port", "0", "--json");
        MyriadProcess load =
            load(ServeIT.address(server), "-c 20 -d 60s --warmup 0 --max-errors 5")) {
      load.awaitErr(line -> line.contains("measuring"));
      server.signal("KILL");
      assertThat(load.exitCode()).as("%s", load.err()).isEqualTo(ExitCode.TARGET_FAILED.number());
      RunResult run = onlyRun(SweepResult.Status.PARTIAL);
      assertThat(run.outcome()).isEqualTo(RunResult.Outcome.TARGET_FAILED);
      assertThat(run.messages()).isPositive();
      assertThat(run.measured()).isLessThan(Duration.ofSeconds(55));
    }
  }

  private MyriadProcess load(InetSocketAddress target, String options) {
    String address = "127.0.0.1:" + target.getPort();
    return MyriadProcess.myriad(
        Stream.concat(
                Stream.of("load", address, "-o", out.toString()), Stream.of(options.split(" ", -1)))
            .toArray(String[]::new));
  }

  private RunResult onlyRun(SweepResult.Status status) throws Exception {
    RunSchema.assertDescribes(KeptRun.directory(out));
    SweepResult sweep = KeptRun.sweep(out);
    assertThat(sweep.status()).isEqualTo(status);
    assertThat(sweep.runs()).hasSize(1);
    return sweep.runs().getFirst();
  }
}
