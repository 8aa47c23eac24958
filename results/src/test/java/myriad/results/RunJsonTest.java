package myriad.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunJsonTest {

  private static final String HONEST =
      new String(RunJson.write(SampleSweep.small().result()), StandardCharsets.UTF_8);

  private static SweepResult read(String json) {
    return RunJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givesBackWhatItWrote() {
    assertThat(read(HONEST)).isEqualTo(SampleSweep.small().result());
  }

  @Test
  void writesTimesAsIso8601() {
    assertThat(HONEST)
        .contains("\"startedAt\" : \"2026-11-22T20:15:30Z\"")
        .contains("\"measured\" : \"PT8S\"");
  }

  @Test
  void readsAFileWithFieldsThatItDoesNotKnow() {
    assertThat(read(HONEST.replace("\"status\"", "\"later\" : {\"a\" : 1}, \"status\"")))
        .isEqualTo(SampleSweep.small().result());
  }

  @Test
  void keepsWhatWasConcluded() {
    SweepResult concluded = SampleGate.recorded().result();

    assertThat(RunJson.read(RunJson.write(concluded))).isEqualTo(concluded);
  }

  @Test
  void readsAFileOfTheFirstMyriad() throws IOException {
    try (InputStream in = RunJsonTest.class.getResourceAsStream("run-first.json")) {
      RunResult run = RunJson.read(Objects.requireNonNull(in).readAllBytes()).runs().getFirst();

      ServerUsage server = Objects.requireNonNull(run.server());
      assertThat(server.memoryGrowth()).isNull();
      assertThat(server.counters()).containsKey("accepted");
    }
  }

  /** As it was written before checks and gates were kept. */
  @Test
  void readsAFileThatKnowsNoChecksAndNoGate() {
    String older = HONEST.replaceFirst(",\\s*\"checks\" : \\[ ],\\s*\"gate\" : null", "");
    assertThat(older).isNotEqualTo(HONEST).doesNotContain("checks", "gate");

    assertThat(read(older)).isEqualTo(SampleSweep.small().result());
  }

  @Test
  void saysThatANewerFileNeedsANewerMyriad() {
    assertThatThrownBy(() -> read("{\"runs\":{\"other\":[1]},\"formatVersion\":2}"))
        .hasMessageContaining("newer Myriad")
        .hasMessageContaining("format 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "42",
        "{}",
        "{\"formatVersion\":\"1\"}",
        "{\"formatVersion\":0}",
        "{\"formatVersion\":1}",
        "{\"formatVersion\":99999999999999999999}",
        "{\"formatVersion\":1.5}",
        "{\"k6\":true}",
        "\u0000\u0001"
      })
  void refusesWhatIsNotAResult(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"status\" : \"COMPLETE\"|\"status\" : \"BRILLIANT\"",
        "\"status\" : \"COMPLETE\"|\"status\" : 0",
        "\"status\" : \"COMPLETE\"|\"status\" : null",
        "\"repeat\" : 1|\"repeat\" : 1e400",
        "\"repeat\" : 1|\"repeat\" : 1.5",
        "\"repeat\" : 1|\"repeat\" : 9999999999",
        "\"startSeconds\" : 0.0|\"startSeconds\" : 1e999",
        "\"longestStallMillis\" : 3.2|\"longestStallMillis\" : 1e308",
        "\"startSeconds\" : 0.0|\"startSeconds\" : \"NaN\"",
        "\"measured\" : \"PT8S\"|\"measured\" : \"eight\"",
        "\"variant\" : \"io_uring\"|\"variant\" : null",
        "\"notes\" : [ ]|\"notes\" : [ null ]",
        "\"SERVICE\" :|\"SURPRISE\" :",
        "\"target\" : \"127.0.0.1:18080\",|"
      })
  void refusesAResultWithAFieldThatNoRunHas(String from, String to) {
    String damaged = HONEST.replace(from, to == null ? "" : to);
    assertThat(damaged).as("the damage is done").isNotEqualTo(HONEST);

    assertThatThrownBy(() -> read(damaged))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasLineCount(1);
  }

  @Test
  void readsFilesThatLackFieldsWhichWereAddedLater() {
    String older =
        HONEST
            .replaceAll(",\\s*\"errorKinds\" : \\[[^]]*]", "")
            .replaceAll(",\\s*\"errorsByKind\" : \\{[^}]*}", "")
            .replaceAll(",\\s*\"generatorGcMillis\" : \\d+", "")
            .replaceAll(",\\s*\"stalledMillis\" : [0-9.]+", "");
    assertThat(older)
        .doesNotContain("errorKinds", "errorsByKind", "generatorGcMillis", "stalledMillis");

    SweepResult read = read(older);

    assertThat(read.runs()).allSatisfy(run -> assertThat(run.errorKinds()).isEmpty());
    assertThat(read.runs().getFirst().intervals())
        .isNotEmpty()
        .allSatisfy(interval -> assertThat(interval.errorsByKind()).isEmpty())
        .allSatisfy(interval -> assertThat(interval.generatorGcMillis()).isZero());
  }

  @Test
  void everyErrorHasARemedyInALine() {
    for (Counter counter : Counter.values()) {
      assertThat(ErrorRemedies.of(counter).isEmpty())
          .as("%s has a remedy exactly if it is an error", counter)
          .isEqualTo(!counter.isError());
      assertThat(ErrorRemedies.of(counter).lines().count()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void refusesDepthBeyondAnyResult() {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> read("{\"x\":" + deep)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesEveryTruncation() {
    for (int length = 0; length < HONEST.length() - 1; length += 97) {
      String cut = HONEST.substring(0, length);
      assertThatThrownBy(() -> read(cut))
          .as("the first %d characters", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e308, -1e308})
  void noFigureIsEverBeyondEveryRun(double figure) {
    assertThatThrownBy(() -> new GeneratorUsage(figure, 0, 0, 0, Map.of(), 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cpuSeconds is " + figure)
        .message()
        .hasLineCount(1);
  }
}
