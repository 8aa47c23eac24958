package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.RunDirectory;
import myriad.results.SweepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SearchIT {

  /** Tries that a busy host spoils are made again, which takes its time. */
  private static final Duration DEADLINE = Duration.ofMinutes(4);

  @TempDir Path out;

  /** Serves a message in 5 ms, one after the other: at more than 200 a second its queue grows. */
  @Test
  void findsTheRateAtWhichTheQueueOfATargetExplodes() throws Exception {
    try (TestEcho server = TestEcho.serving(Duration.ofMillis(5));
        MyriadProcess search =
            search(
                "127.0.0.1:" + server.port(),
                "--objective p99<100ms --from 50 --precision 10 -c 20 -d 1s --timeout 60s")) {
      int exitCode = search.exitCode(DEADLINE);
      JsonNode found = found();
      assertThat(exitCode)
          .as("%s %s", search.out(), search.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
      assumeThat(exitCode).as("on a busy host").isNotEqualTo(ExitCode.INVALID.number());
      assertThat(found.path("confirmed").asInt())
          .as("messages a second of a target that serves 200: %s", found)
          .isBetween(100, 215);
      assertThat(found.path("objective").asString()).isEqualTo("response.p99<100ms");
      assertThat(search.out()).anyMatch(line -> line.contains("confirmed by a longer run"));
      SweepResult sweep = sweep();
      assertThat(sweep.runs()).as("every try is a run").hasSize(found.path("tries").size());
      assertThat(sweep.runs().getFirst().notes())
          .anySatisfy(note -> assertThat(note).startsWith("search, doubling"));
      assertThat(directory().resolve("report.html")).isNotEmptyFile();
    }
  }

  @Test
  void searchesOverConnectionsOfAVariant() throws Exception {
    try (MyriadProcess search =
        search(
            "--variant",
            "sequential",
            "--over connections --from 2 --to 4 --objective p99<1s --rate 1k -d 300ms --warmup 200ms")) {
      int exitCode = search.exitCode();
      JsonNode found = found();
      assertThat(exitCode)
          .as("%s", search.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
      assertThat(found.path("tries").valueStream().filter(each -> each.path("value").asInt() == 2))
          .as("a sequential server serves one connection at a time: %s", found)
          .isNotEmpty()
          .noneMatch(each -> each.path("outcome").asString().equals("MET"));
      assertThat(found.path("best").asInt()).isLessThanOrEqualTo(1);
      assertThat(sweep().runs()).isNotEmpty();
    }
  }

  @Test
  void interruptKeepsWhatWasTried() throws Exception {
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO);
        MyriadProcess search =
            search("127.0.0.1:" + server.port(), "--objective p99<10s --from 500 -d 2s")) {
      search.awaitErr(line -> line.endsWith("VALID"));
      search.signal("INT");
      assertThat(search.exitCode()).as("%s", search.err()).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(found().path("ending").asString()).isEqualTo("INTERRUPTED");
      assertThat(found().path("tries").size()).isPositive();
      SweepResult sweep = sweep();
      assertThat(sweep.status()).isEqualTo(SweepResult.Status.PARTIAL);
      assertThat(sweep.runs()).isNotEmpty();
    }
  }

  private MyriadProcess search(String target, String options) {
    return search(target, "", options);
  }

  private MyriadProcess search(String first, String second, String options) {
    return MyriadProcess.myriad(
        Stream.of(
                Stream.of("search", first, second, "-o", out.toString()),
                Stream.of(options.split(" ", -1)))
            .flatMap(words -> words)
            .filter(word -> !word.isEmpty())
            .toArray(String[]::new));
  }

  private JsonNode found() throws Exception {
    return JsonMapper.shared().readTree(Files.readAllBytes(directory().resolve("search.json")));
  }

  private SweepResult sweep() throws Exception {
    RunSchema.assertDescribes(directory());
    return RunDirectory.open(directory()).read().result();
  }

  private Path directory() throws Exception {
    try (Stream<Path> directories = Files.list(out)) {
      return directories.findFirst().orElseThrow();
    }
  }
}
