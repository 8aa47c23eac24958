package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.Check;
import myriad.results.RunDirectory;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BenchIT {

  @TempDir Path out;

  @Test
  void comparesVariantsInFreshProcesses() throws Exception {
    try (MyriadProcess bench =
        bench("--variants nio-selector,thread-pool -c 10,500 -d 300ms --warmup 200ms --no-color")) {
      int exitCode = bench.exitCode();
      assertThat(bench.out().getFirst()).startsWith("VARIANT").endsWith("VERDICT");
      assertThat(bench.out())
          .describedAs("thread-pool cannot serve 500, and says what it reached")
          .anyMatch(line -> line.startsWith("thread-pool") && line.contains("/500"))
          .anyMatch(line -> line.startsWith("thread-pool, 500:") && line.contains("of 500"));
      SweepResult sweep = sweep();
      assertThat(sweep.status()).isEqualTo(SweepResult.Status.COMPLETE);
      assertThat(sweep.command()).startsWith("myriad", "bench").contains("10,500");
      assertThat(sweep.runs())
          .extracting(RunResult::variant, run -> run.connections().target())
          .containsExactly(
              Tuple.tuple("nio-selector", 10),
              Tuple.tuple("nio-selector", 500),
              Tuple.tuple("thread-pool", 10),
              Tuple.tuple("thread-pool", 500));
      assertThat(sweep.runs())
          .allSatisfy(
              run -> {
                assertThat(run.model()).isNotEmpty();
                assertThat(run.messages()).isPositive();
                assertThat(Objects.requireNonNull(run.server()).memoryGrowth()).isNotNull();
                assertThat(Objects.requireNonNull(run.server().memoryGrowth()).heapBytes())
                    .isNotNull();
                assertThat(run.server().counters())
                    .describedAs("final counters of the server")
                    .containsEntry("open", 0L)
                    .containsKeys("gc_pauses", "gc_pause_ms")
                    .hasEntrySatisfying(
                        "accepted",
                        accepted ->
                            assertThat(accepted)
                                .describedAs(
                                    "accepted in the run; priming made thousands, of which the"
                                        + " last few may be late")
                                .isBetween(
                                    run.connections().attempted(),
                                    run.connections().attempted() + 64));
              });
      assertThat(exitCode).isEqualTo(ExitCode.of(sweep.runs()).number());
    }
  }

  /** A pool may come to hold as many descriptors as threads; the other server needs a few. */
  @Test
  void aServerThatCannotRunHereIsARowThatSaysWhy() throws Exception {
    String reason =
        "too few descriptors (a pool of 200 threads: 250 descriptors, where ulimit -n allows 200);"
            + " raise ulimit -n, or ask for fewer (--threads)";
    try (MyriadProcess bench =
        benchOfFewDescriptors("--variants thread-pool,nio-selector -c 5 -d 300ms --warmup 200ms")) {
      int exitCode = bench.exitCode();
      List<RunResult> runs = sweep().runs();
      assertThat(runs)
          .extracting(RunResult::variant, RunResult::outcome)
          .containsExactly(
              Tuple.tuple("thread-pool", Outcome.SKIPPED),
              Tuple.tuple("nio-selector", Outcome.COMPLETE));
      assertThat(runs.getFirst().notes()).containsExactly(reason);
      assertThat(bench.out())
          .anyMatch(line -> line.startsWith("thread-pool") && line.endsWith("SKIPPED"))
          .contains("thread-pool, 5: " + reason);
      assertThat(exitCode).isEqualTo(ExitCode.of(runs).number());
      assertThat(ExitCode.of(runs)).isNotEqualTo(ExitCode.HOST_LIMIT);
      assertThat(directory().resolve("summary.csv")).content().contains(",SKIPPED,", reason);
      assertThat(directory().resolve("report.html")).content().contains(reason);
    }
  }

  @Test
  void nothingIsMeasuredWhereARequiredServerCannotRun() throws Exception {
    try (MyriadProcess bench =
        benchOfFewDescriptors(
            "--variants nio-selector,thread-pool --require thread-pool -c 5 -d 300ms")) {
      assertThat(bench.exitCode()).isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(bench.err())
          .singleElement()
          .asString()
          .startsWith("myriad: thread-pool cannot run here: too few descriptors");
      assertThat(out).isEmptyDirectory();
    }
  }

  /** That every server of a sweep was skipped is no success. */
  @Test
  void aSweepOfWhichNoServerRunsEndsAsALimitOfTheHost() throws Exception {
    try (MyriadProcess bench = benchOfFewDescriptors("--variants thread-pool -c 5 -d 300ms")) {
      assertThat(bench.exitCode()).isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(sweep().runs()).extracting(RunResult::outcome).containsExactly(Outcome.SKIPPED);
    }
  }

  @Test
  void thresholdsAreShownKeptAndDecideHowItEnds() throws Exception {
    try (MyriadProcess bench =
        bench(
            "--variants nio-selector -c 10 -d 300ms --warmup 200ms --threshold p99<1h --threshold"
                + " nio-selector:connections>=11")) {
      int exitCode = bench.exitCode();
      SweepResult sweep = sweep();
      if (sweep.runs().getFirst().verdict().kind() == Verdict.Kind.VALID) {
        assertThat(exitCode).describedAs("%s", bench.err()).isEqualTo(ExitCode.FAILED.number());
        assertThat(bench.out())
            .anyMatch(line -> line.startsWith("✓ nio-selector, 10 connections, repeat 1: p99<1h"))
            .contains(
                "✗ nio-selector, 10 connections, repeat 1: nio-selector:connections>=11 (10)");
        assertThat(sweep.checks())
            .extracting(Check::status)
            .containsExactly(Check.Status.PASS, Check.Status.FAIL);
      } else {
        assertThat(exitCode).isEqualTo(ExitCode.INVALID.number());
        assertThat(bench.out()).filteredOn(line -> line.contains("INVALID")).hasSizeGreaterThan(2);
      }
      assertThat(directory().resolve("junit.xml")).content().contains("<testcase", "p99&lt;1h");
      assertThat(directory().resolve("summary.md")).content().contains("| checked |");
      Files.delete(directory().resolve("junit.xml"));
      try (MyriadProcess report = MyriadProcess.myriad("report", directory().toString())) {
        assertThat(report.exitCode()).as("%s", report.err()).isZero();
        assertThat(report.out()).anyMatch(line -> line.contains("connections>=11"));
        assertThat(directory().resolve("junit.xml")).exists();
      }
    }
  }

  @Test
  void interruptKeepsWhatWasMeasured() throws Exception {
    try (MyriadProcess bench = bench("--variants nio-selector -c 10,20 -d 60s --warmup 200ms")) {
      bench.awaitErr(line -> line.contains("measuring"));
      bench.signal("INT");
      assertThat(bench.exitCode()).as("%s", bench.err()).isEqualTo(ExitCode.INTERRUPTED.number());
      SweepResult sweep = sweep();
      assertThat(sweep.status()).isEqualTo(SweepResult.Status.PARTIAL);
      assertThat(sweep.runs()).extracting(RunResult::outcome).containsExactly(Outcome.PARTIAL);
      assertThat(sweep.runs().getFirst().messages()).isPositive();
      assertThat(bench.out()).anyMatch(line -> line.endsWith("PARTIAL"));
    }
  }

  @Test
  void serverThatIsKilledIsAFailedTarget() throws Exception {
    try (MyriadProcess bench = bench("--variants nio-selector -c 10 -d 60s --warmup 200ms")) {
      bench.awaitErr(line -> line.contains("measuring"));
      ProcessHandle server = bench.handle().children().findFirst().orElseThrow();
      MyriadProcess.signal(server.pid(), "KILL");
      assertThat(bench.exitCode()).as("%s", bench.err()).isEqualTo(ExitCode.TARGET_FAILED.number());
      SweepResult sweep = sweep();
      assertThat(sweep.status()).isEqualTo(SweepResult.Status.PARTIAL);
      assertThat(sweep.runs())
          .extracting(RunResult::outcome)
          .containsExactly(Outcome.TARGET_FAILED);
    }
  }

  /** A bench that is killed can tell nobody; its server must not stay behind. */
  @Test
  void serverDoesNotOutliveABenchThatIsKilled() throws Exception {
    try (MyriadProcess bench = bench("--variants nio-selector -c 10 -d 60s --warmup 200ms")) {
      bench.awaitErr(line -> line.contains("measuring"));
      ProcessHandle server = bench.handle().children().findFirst().orElseThrow();
      bench.signal("KILL");
      MyriadProcess.awaitGone(server);
      assertThat(sweep().status()).isEqualTo(SweepResult.Status.PARTIAL);
    }
  }

  private MyriadProcess benchOfFewDescriptors(String options) {
    String script =
        "ulimit -n 200; exec '%s' bench -o '%s' --no-color %s"
            .formatted(MyriadProcess.launcher(), out, options);
    return MyriadProcess.start(List.of("sh", "-c", script));
  }

  private MyriadProcess bench(String options) {
    return MyriadProcess.myriad(
        Stream.concat(Stream.of("bench", "-o", out.toString()), Stream.of(options.split(" ", -1)))
            .toArray(String[]::new));
  }

  private SweepResult sweep() throws Exception {
    RunSchema.assertDescribes(directory());
    return RunDirectory.open(directory()).read().result();
  }

  private Path directory() throws Exception {
    try (Stream<Path> directories = Files.list(out)) {
      List<Path> only = directories.toList();
      assertThat(only).hasSize(1);
      return only.getFirst();
    }
  }
}
