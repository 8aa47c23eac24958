package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.Check.Status;
import myriad.results.GateResult;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates over servers whose difference is known. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GateIT {

  /** Five pairs are the fewest that decide on one metric with one look. */
  private static final String FEW_PAIRS =
      "--closed-loop -c 4 --warmup 100ms --primary msgs_per_s --max-pairs 5 --pairs 5";

  private static final String SHORT = FEW_PAIRS + " -d 300ms";

  /** Pairs that a busy host spoils are replaced, which takes its time. */
  private static final Duration DEADLINE = Duration.ofMinutes(4);

  /** A gate whose pairs a busy host spoils is made again, with longer turns, until then. */
  private static final Duration DECISION_DEADLINE = Duration.ofMinutes(5);

  private static final int FIRST_TURN_MS = 300;

  /** So long that a pause of the host is a small part of it. */
  private static final int LONGEST_TURN_MS = 1200;

  @TempDir Path out;

  @Test
  void aServerThatIsMuchSlowerFails() throws Exception {
    Decided gate = decided(FEW_PAIRS, echo("2000"), echo("8000"));

    gate.assertEnded(ExitCode.FAILED);
    assertThat(gate.out())
        .anyMatch(line -> line.matches("msgs_per_s +.* FAIL"))
        .anyMatch(line -> line.startsWith("✗ gate: head may replace base"));
    assertThat(gate.err()).anyMatch(line -> line.matches("pair \\d+: head/base msgs_per_s 0\\..*"));
    GateResult result = result();
    assertThat(result.decision()).isEqualTo(Status.FAIL);
    assertThat(result.metrics().getFirst().ratio()).isLessThan(0.6);
    // A busy host may have had the first pair thrown out before its last turn.
    boolean whole = gate.err().stream().noneMatch(line -> line.contains("thrown out"));
    if (whole) {
      assertThat(result.pairs().getFirst().order()).isEqualTo("base head head base");
    }
    assertThat(sweep().runs().subList(0, whole ? 4 : 1))
        .extracting(RunResult::variant, RunResult::repeat)
        .containsExactlyElementsOf(
            List.of(
                    Tuple.tuple("base", 1),
                    Tuple.tuple("head", 1),
                    Tuple.tuple("head", 2),
                    Tuple.tuple("base", 2))
                .subList(0, whole ? 4 : 1));
    assertThat(KeptRun.directory(out).resolve("junit.xml"))
        .content()
        .contains("failures=\"2\"")
        .doesNotContain("myriad.run");
    assertThat(KeptRun.directory(out).resolve("summary.md"))
        .content()
        .contains("head may replace base");
    assertThat(KeptRun.directory(out).resolve("report.html"))
        .content()
        .contains("<h2 id=\"gate-title\">");
  }

  @Test
  void aServerThatIsTheSamePassesWithinAWideMargin() throws Exception {
    Decided gate =
        decided(FEW_PAIRS + " --margin msgs_per_s=60% --calibrate", echo("2000"), echo("2000"));

    gate.assertEnded(ExitCode.OK);
    assertThat(gate.out())
        .anyMatch(line -> line.contains("cannot be seen here in 5 pairs"))
        .anyMatch(line -> line.startsWith("✓ gate"));
  }

  /** Every other process of head is slow: the pairs contradict each other. */
  @ParameterizedTest
  @CsvSource({"'', INCONCLUSIVE", "' --inconclusive pass', OK", "' --inconclusive fail', FAILED"})
  void contradictingPairsAreInconclusiveAndEndAsTheUserSays(String option, ExitCode expected)
      throws Exception {
    Path count = out.resolveSibling(out.getFileName() + ".count");
    String head =
        "n=$(cat '%s' 2>/dev/null || echo 0); echo $((n + 1)) > '%s'; %s"
            .formatted(count, count, echo("$((n % 2 * 7000 + 500))"));
    try {
      decided(FEW_PAIRS + option, echo("2000"), head).assertEnded(expected);
      assertThat(result().decision()).isEqualTo(Status.INCONCLUSIVE);
    } finally {
      Files.deleteIfExists(count);
    }
  }

  @Test
  void anInterruptKeepsThePairsThatWereMeasuredAndLeavesNoServer() throws Exception {
    try (MyriadProcess gate = gate(SHORT, echo("2000"), echo("2000"))) {
      gate.awaitErr(line -> line.startsWith("pair 1"));
      List<ProcessHandle> servers = gate.handle().descendants().toList();
      gate.signal("INT");
      assertThat(gate.exitCode(DEADLINE))
          .as("%s", gate.err())
          .isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(sweep().status()).isEqualTo(SweepResult.Status.PARTIAL);
      assertThat(result().pairs()).isNotEmpty().hasSizeLessThan(5);
      assertThat(result().decision()).isEqualTo(Status.INCONCLUSIVE);
      for (ProcessHandle server : servers) {
        MyriadProcess.awaitGone(server);
      }
    }
  }

  @Test
  void serversDoNotOutliveAGateThatIsKilled() throws Exception {
    try (MyriadProcess gate = gate("-c 4 -d 60s", echo("2000"), echo("2000"))) {
      gate.awaitErr(line -> line.contains("measuring"));
      List<ProcessHandle> servers = gate.handle().descendants().toList();
      assertThat(servers).hasSizeGreaterThanOrEqualTo(2);
      gate.signal("KILL");
      for (ProcessHandle server : servers) {
        MyriadProcess.awaitGone(server);
      }
    }
  }

  @Test
  void aServerThatDiesIsAFailedTarget() throws Exception {
    try (MyriadProcess gate = gate(SHORT, echo("500"), echo("500 300"))) {
      assertThat(gate.exitCode(DEADLINE))
          .as("%s", gate.err())
          .isEqualTo(ExitCode.TARGET_FAILED.number());
      assertThat(gate.err()).last().asString().startsWith("myriad: head (").contains("failed");
      assertThat(sweep().status()).isEqualTo(SweepResult.Status.PARTIAL);
      assertThat(result().decision()).isEqualTo(Status.INCONCLUSIVE);
    }
  }

  @Test
  void aCommandThatStartsNothingSaysWhy() throws Exception {
    try (MyriadProcess gate = gate(SHORT, echo("500"), "echo no such port {port} >&2; exit 3")) {
      assertThat(gate.exitCode(DEADLINE))
          .as("%s", gate.err())
          .isEqualTo(ExitCode.TARGET_FAILED.number());
      assertThat(gate.err())
          .last()
          .asString()
          .startsWith("myriad: head (")
          .contains("exit code 3", "no such port");
    }
  }

  /** What the host lacks is not the server's fault. */
  @Test
  void whatCannotBeStartedForTheHostsSakeIsItsLimit() throws Exception {
    Path tools = Files.createDirectory(out.resolve("tools"));
    for (String tool : List.of("readlink", "cmp")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    ProcessBuilder command =
        new ProcessBuilder(
            MyriadProcess.launcher().toString(),
            "gate",
            "-o",
            out.resolve("runs").toString(),
            "--base-cmd",
            "base {port}",
            "--head-cmd",
            "head {port}");
    command.environment().put("PATH", tools.toString());
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try (MyriadProcess gate = MyriadProcess.start(command)) {
      assertThat(gate.exitCode(DEADLINE))
          .as("%s", gate.err())
          .isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(gate.err())
          .last()
          .asString()
          .startsWith("myriad: no process for a server could be started: ")
          .contains("setsid");
    }
  }

  @Test
  void comparesVariantsWithOptions() throws Exception {
    try (MyriadProcess gate =
        MyriadProcess.myriad(
            "gate",
            "-o",
            out.toString(),
            "--base",
            "nio-selector --threads 1",
            "--head",
            "nio-selector --threads 2 --jvm-option -Xmx128m",
            "-c",
            "10",
            "-d",
            "200ms",
            "--warmup",
            "100ms",
            "--rate",
            "1k",
            "--pairs",
            "5",
            "--max-pairs",
            "5",
            "--primary",
            "msgs_per_s",
            "--inconclusive",
            "pass")) {
      assertThat(gate.exitCode(DEADLINE))
          .describedAs("%s", gate.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
      assertThat(result().head()).isEqualTo("nio-selector --threads 2 --jvm-option -Xmx128m");
    }
  }

  private static String echo(String arguments) {
    return "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s {port} %s"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Path.of("target", "test-classes").toAbsolutePath(),
            SlowEchoServer.class.getName(),
            arguments);
  }

  /** What a gate that was not INVALID said, and how it ended. */
  private record Decided(int exitCode, List<String> out, List<String> err) {
    void assertEnded(ExitCode expected) {
      assertThat(exitCode).describedAs("%s", err).isEqualTo(expected.number());
    }
  }

  private Decided decided(String options, String base, String head) throws Exception {
    long deadlineNs = System.nanoTime() + DECISION_DEADLINE.toNanos();
    for (int turnMs = FIRST_TURN_MS; ; turnMs = Math.min(2 * turnMs, LONGEST_TURN_MS)) {
      try (MyriadProcess gate = gate(options + " -d " + turnMs + "ms", base, head)) {
        int exitCode = gate.exitCode(DEADLINE);
        if (exitCode != ExitCode.INVALID.number()) {
          return new Decided(exitCode, gate.out(), gate.err());
        }
        assertThat(System.nanoTime())
            .describedAs("time in which no gate was valid; the last said %s", gate.err())
            .isLessThan(deadlineNs);
      }
    }
  }

  private MyriadProcess gate(String options, String base, String head) {
    return MyriadProcess.myriad(
        Stream.concat(
                Stream.of("gate", "-o", out.toString(), "--base-cmd", base, "--head-cmd", head),
                Stream.of(options.split(" ", -1)))
            .toArray(String[]::new));
  }

  private GateResult result() throws Exception {
    return Objects.requireNonNull(sweep().gate());
  }

  private SweepResult sweep() throws Exception {
    RunSchema.assertDescribes(KeptRun.directory(out));
    return KeptRun.sweep(out);
  }
}
