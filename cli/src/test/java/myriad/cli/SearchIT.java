package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.SweepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SearchIT {

  @TempDir Path out;

  /**
   * Serves a message in 5 ms, one after the other: at more than 200 a second its queue grows. Best
   * of three attempts, as on a busy host runs are INVALID, and the search ends early.
   */
  @Test
  void findsTheRateAtWhichTheQueueOfATargetExplodes() throws Exception {
    Attempts.bestOfThree(out, SearchIT::findTheRate);
  }

  private static void findTheRate(Path folder) throws Exception {
    try (TestEcho server = TestEcho.serving(Duration.ofMillis(5));
        MyriadProcess search =
            search(
                folder,
                "127.0.0.1:" + server.port(),
                "--objective p99<100ms --from 50 --precision 25 -c 20 -d 1s --timeout 60s")) {
      int exitCode = search.exitCode();
      JsonNode found = found(folder);
      assertThat(exitCode)
          .as("%s %s", search.out(), search.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
      assertThat(found.path("confirmed").asInt())
          .as("messages a second of a target that serves 200: %s", found)
          .isBetween(100, 215);
      assertThat(found.path("objective").asString()).isEqualTo("p99<100ms");
      assertThat(search.out()).anyMatch(line -> line.contains("confirmed by longer runs"));
      SweepResult sweep = sweep(folder);
      assertThat(sweep.runs()).as("every try is a run").hasSize(found.path("tries").size());
      assertThat(sweep.runs().getFirst().notes())
          .anySatisfy(note -> assertThat(note).startsWith("search, doubling"));
      assertThat(KeptRun.directory(folder).resolve("report.html")).isNotEmptyFile();
    }
  }

  @Test
  void searchesOverConnectionsOfAVariant() throws Exception {
    try (MyriadProcess search =
        search(
            out,
            "--variant sequential",
            "--over connections --from 2 --to 4 --objective p99<1s --rate 1k -d 300ms --warmup 200ms")) {
      int exitCode = search.exitCode();
      JsonNode found = found(out);
      assertThat(exitCode)
          .as("%s", search.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
      assertThat(found.path("tries").valueStream().filter(each -> each.path("value").asInt() == 2))
          .as("a sequential server serves one connection at a time: %s", found)
          .isNotEmpty()
          .noneMatch(each -> each.path("outcome").asString().equals("MET"));
      assertThat(found.path("best").asInt()).isLessThanOrEqualTo(1);
      assertThat(sweep(out).runs()).isNotEmpty();
    }
  }

  @Test
  void loadsAnyServerAsLoadDoes() throws Exception {
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO);
        MyriadProcess search =
            search(
                out,
                "127.0.0.1:" + server.port(),
                "--objective p99<10s --from 500 --to 500 --repeats 1 -d 300ms --request ping"
                    + " --expect ping --server-pid "
                    + ProcessHandle.current().pid())) {
      assertThat(search.exitCode())
          .as("%s", search.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
      assertThat(KeptRun.sweep(out).runs())
          .isNotEmpty()
          .allSatisfy(
              run -> {
                assertThat(run.plan()).containsEntry("request", "ping");
                assertThat(run.messages()).isPositive();
                assertThat(run.server()).as("cost of the process that was named").isNotNull();
              });
    }
  }

  @Test
  void whereNobodyListensOneTryTellsWhy() throws Exception {
    int port;
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO)) {
      port = server.port();
    }
    try (MyriadProcess search = search(out, "127.0.0.1:" + port, "--objective p99<5ms")) {
      assertThat(search.exitCode())
          .as("%s", search.err())
          .isEqualTo(ExitCode.TARGET_FAILED.number());
      assertThat(search.err())
          .anyMatch(
              line ->
                  line.startsWith("myriad: no connection could be made to 127.0.0.1:" + port)
                      && line.endsWith(
                          "Connection refused; start the target, or check host and port"));
      assertThat(found(out).path("tries").size()).isEqualTo(1);
      assertThat(found(out).path("ending").asString()).isEqualTo("UNREACHABLE");
      assertThat(sweep(out).runs()).hasSize(1);
    }
  }

  @Test
  void interruptKeepsWhatWasTried() throws Exception {
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO);
        MyriadProcess search =
            search(out, "127.0.0.1:" + server.port(), "--objective p99<10s --from 500 -d 2s")) {
      search.awaitErr(line -> line.endsWith("VALID"));
      search.signal("INT");
      assertThat(search.exitCode()).as("%s", search.err()).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(found(out).path("ending").asString()).isEqualTo("INTERRUPTED");
      assertThat(found(out).path("tries").size()).isPositive();
      SweepResult sweep = sweep(out);
      assertThat(sweep.status()).isEqualTo(SweepResult.Status.PARTIAL);
      assertThat(sweep.runs()).isNotEmpty();
    }
  }

  private static MyriadProcess search(Path folder, String target, String options) {
    return MyriadProcess.myriad(
        Stream.of("search", target, "-o " + folder, options)
            .flatMap(words -> Stream.of(words.split(" ", -1)))
            .toArray(String[]::new));
  }

  private static JsonNode found(Path folder) throws Exception {
    return JsonMapper.shared()
        .readTree(Files.readAllBytes(KeptRun.directory(folder).resolve("search.json")));
  }

  private static SweepResult sweep(Path folder) throws Exception {
    RunSchema.assertDescribes(KeptRun.directory(folder));
    return KeptRun.sweep(folder);
  }
}
