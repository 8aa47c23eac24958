package myriad.results.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import myriad.results.Environment;
import myriad.results.ResultsException;
import myriad.results.RunResult;
import myriad.results.Runs;
import myriad.results.SampleSweep;
import myriad.results.ServerUsage;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import myriad.results.report.RunGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HistoryTest {

  private static final SweepResult SWEEP = SampleSweep.small().result();

  @TempDir private Path folder;

  private static SweepResult sweep(String id, Instant startedAt, List<RunResult> runs) {
    return new SweepResult(
        SWEEP.formatVersion(),
        id,
        SWEEP.status(),
        startedAt,
        startedAt.plusSeconds(60),
        SWEEP.command(),
        SWEEP.environment(),
        runs);
  }

  private List<String> series(String name) throws Exception {
    return Files.readAllLines(folder.resolve(name + ".csv"));
  }

  @Test
  void eachSweepIsARowInTheOrderOfTime() throws Exception {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    History history = new History(folder);
    history.add(sweep("later", noon.plus(Duration.ofDays(1)), SWEEP.runs()), "bbb");
    List<String> done = history.add(sweep("earlier", noon, SWEEP.runs()), "aaa");

    assertThat(done).hasSize(6).contains("async-tasks, 100 connections: added");
    List<String> lines = series("async-tasks-c100");
    assertThat(lines.getFirst())
        .isEqualTo(
            "time,run,commit,myriad,host,plan,msgs_per_s,response_p50_us,response_p99_us,"
                + "response_p999_us,service_p50_us,service_p99_us,service_p999_us,"
                + "server_cpu_us_per_msg");
    assertThat(lines.subList(1, 3))
        .extracting(line -> line.substring(0, line.indexOf(",bench-host")))
        .containsExactly(
            "2026-11-22 12:00:00 +0000,earlier,aaa,0.1.0",
            "2026-11-23 12:00:00 +0000,later,bbb,0.1.0");
    assertThat(lines).hasSize(3).noneMatch(line -> line.contains(",,") || line.endsWith(","));
  }

  @Test
  void aSeriesKeepsTheFiguresThatItBeganWith() throws Exception {
    Files.writeString(
        folder.resolve("async-tasks-c100.csv"),
        "time,run,commit,myriad,host,plan,service_p99_us\r\n2020-01-01 12:00:00 +0000,x,-,0.1.0,h,"
            + Series.plan(group("async-tasks", 100))
            + ",90\r\n");
    new History(folder).add(SWEEP, "-");

    assertThat(series("async-tasks-c100"))
        .hasSize(3)
        .allMatch(line -> line.split(",", -1).length == 7);
  }

  private static RunGroup group(String variant, int connections) {
    return RunGroup.of(SWEEP).stream()
        .filter(
            group -> group.serverName().equals(variant) && group.connectionsTarget() == connections)
        .findFirst()
        .orElseThrow();
  }

  /** What differs would be the options, and pass for a regression. */
  @Test
  void aSweepOfAnotherLoadIsLeftOutAndSaidToBe() throws Exception {
    History history = new History(folder);
    history.add(SWEEP, "-");
    List<RunResult> larger =
        SWEEP.runs().stream()
            .map(run -> Runs.withPlan(run, Map.of("size", "16k", "closed-loop", "true")))
            .toList();

    assertThat(history.add(sweep("larger", Instant.EPOCH, larger), "-"))
        .allMatch(line -> line.contains("left out, as its series is of a load with other options"));
    assertThat(series("async-tasks-c100")).hasSize(2);
  }

  @Test
  void aSweepIsAddedOnce() throws Exception {
    History history = new History(folder);
    history.add(SWEEP, "-");
    List<String> before = series("async-tasks-c100");

    assertThat(history.add(SWEEP, "-")).allMatch(line -> line.endsWith("there already"));
    assertThat(series("async-tasks-c100")).isEqualTo(before);
  }

  /** Two machines of a build farm, each told to measure at the same time. */
  @Test
  void sweepsOfTwoHostsInTheSameSecondAreBothAdded() throws Exception {
    Environment here = SWEEP.environment();
    Environment there =
        new Environment(
            here.myriadVersion(),
            here.javaVersion(),
            here.javaVendor(),
            here.os(),
            here.kernel(),
            here.architecture(),
            here.cpuModel(),
            here.cpus(),
            here.memoryBytes(),
            "other-host",
            here.limits());
    History history = new History(folder);
    history.add(SWEEP, "-");

    assertThat(history.add(Runs.in(SWEEP, there), "-")).allMatch(line -> line.endsWith(": added"));
    assertThat(series("async-tasks-c100")).hasSize(3);
  }

  @Test
  void aSecondPlanOfTheSameSeriesIsLeftOutAndSaidToBe() throws Exception {
    RunResult run = SWEEP.runs().getFirst();
    List<RunResult> runs =
        List.of(
            Runs.withPlan(run, Map.of("size", "64", "duration", "8s")),
            Runs.withPlan(run, Map.of("size", "1k", "duration", "8s")),
            Runs.withVariant(
                Runs.withPlan(run, Map.of("size", "64", "duration", "8s")), "io.uring"));

    assertThat(new History(folder).add(sweep("two-plans", Instant.EPOCH, runs), "-"))
        .containsExactlyInAnyOrder(
            "io_uring, 100 connections: added",
            "io_uring, 100 connections: left out, as its series has another of this sweep, which"
                + " differs in size (64, 1k)",
            "io.uring, 100 connections: left out, as its series has another of this sweep, which"
                + " differs in name (io_uring, io.uring)");
    assertThat(series("io_uring-c100")).hasSize(2);
  }

  @Test
  void aFolderThatCannotBeListedIsSaidInALine() throws Exception {
    History history = new History(folder);
    history.add(SWEEP, "-");
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("-wx------"));
    try {
      assumeFalse(Files.isReadable(folder), "this user may read everything");
      assertThatThrownBy(() -> history.add(SWEEP, "-"))
          .isInstanceOf(ResultsException.class)
          .hasMessageContaining(folder + ": permission denied");
    } finally {
      Files.setPosixFilePermissions(folder, before);
    }
  }

  @Test
  void whatIsNotValidIsLeftOut() throws Exception {
    List<RunResult> invalid =
        SWEEP.runs().stream()
            .map(
                run ->
                    Runs.ended(
                        run,
                        RunResult.Outcome.COMPLETE,
                        new Verdict(Verdict.Kind.INVALID, List.of("generator late"))))
            .toList();

    assertThat(new History(folder).add(sweep("x", Instant.EPOCH, invalid), "-"))
        .hasSize(6)
        .allMatch(line -> line.endsWith("no valid run, left out"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".csv"));
    }
  }

  /** An empty cell would be an error to the reader of the file. */
  @Test
  void aRowThatLacksAFigureIsLeftOut() throws Exception {
    History history = new History(folder);
    history.add(SWEEP, "-");
    List<RunResult> withoutServer = SWEEP.runs().stream().map(Runs::withoutServer).toList();

    assertThat(history.add(sweep("foreign", Instant.EPOCH, withoutServer), "-"))
        .allMatch(
            line ->
                line.endsWith("left out, as it lacks server_cpu_us_per_msg, which the series has"));
    assertThat(series("async-tasks-c100")).hasSize(2);
  }

  @Test
  void otavaIsToldOfEverySeries() throws Exception {
    Files.writeString(folder.resolve("notes.csv"), "somebody,else\n1,2\n");
    new History(folder).add(SWEEP, "-");

    assertThat(Files.readString(folder.resolve("otava.yaml")))
        .startsWith("tests:\n  'async-tasks-c100':\n    type: csv\n    file: '" + folder)
        .contains(
            """
            time_column: time
                attributes: [run, commit, myriad, host, plan]
                metrics:
                  msgs_per_s: {direction: 1}
                  response_p50_us: {direction: -1}
            """)
        .doesNotContain("notes");
  }

  @Test
  void theLatestSweepIsThereForGithubActionBenchmark() throws Exception {
    new History(folder).add(SWEEP, "-");

    JsonNode bigger = json("bigger-is-better.json");
    JsonNode smaller = json("smaller-is-better.json");
    assertThat(bigger).hasSize(6);
    assertThat(smaller).hasSize(6 * 7);
    assertThat(StreamSupport.stream(smaller.spliterator(), false))
        .allSatisfy(
            entry -> {
              assertThat(entry.path("name").asString()).isNotBlank();
              assertThat(entry.path("unit").asString()).isNotBlank();
              assertThat(entry.path("value").isNumber()).isTrue();
              assertThat(entry.path("range").asString()).matches("± [0-9.]+ %");
            });
    assertThat(bigger.get(0).path("name").asString()).endsWith(" connections: msgs/s");
  }

  private JsonNode json(String name) {
    return JsonMapper.shared().readTree(folder.resolve(name).toFile());
  }

  @Test
  void repeatsWhoseSpreadIsBeyondEveryNumberAreStillARow() throws Exception {
    RunResult run = SWEEP.runs().getFirst();
    List<RunResult> repeats =
        Stream.of(1e-300, 1e-300, 1e18)
            .map(seconds -> new ServerUsage(seconds, 0, 0, 1, 1, null, null, Map.of()))
            .map(server -> run.toBuilder().server(server).build())
            .toList();

    assertThat(new History(folder).add(sweep("odd", Instant.EPOCH, repeats), "-"))
        .singleElement()
        .asString()
        .endsWith("added");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a,b\n1,2\n",
        "time,run,commit,myriad,host,plan\n",
        "time,run,commit,myriad,host,plan,invented\nx,x,x,x,x,x,1\n",
        "time,run,commit,myriad,host,plan,msgs_per_s\nx,x\n",
        "time,run,commit,myriad,host,plan,msgs_per_s\nx,x,x,x,x,x,\n",
        "time,run,commit,myriad,host,plan,msgs_per_s\nx,x,x,x,x,x,many\n",
        "time,run,commit,myriad,host,plan,msgs_per_s\n\"unclosed",
      })
  void aFileOfSomebodyElseIsLeftAsItIs(String foreign) throws Exception {
    Path file = Files.writeString(folder.resolve("async-tasks-c100.csv"), foreign);

    assertThatThrownBy(() -> new History(folder).add(SWEEP, "-"))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining("async-tasks-c100.csv")
        .message()
        .hasLineCount(1);
    assertThat(file).hasContent(foreign);
  }
}
