package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("bench.yaml");
  }

  private List<String> expand(String command, String yaml) throws Exception {
    Files.writeString(file, yaml);
    return List.of(
        Scenario.expand(Myriad::model, command.replace("FILE", file.toString()).split(" ")));
  }

  @Test
  void valuesAreThoseOfTheCommandLine() throws Exception {
    String yaml =
        """
        # Which servers, and how much.
        variants: [epoll, nio-selector]
        connections: 100,1k
        rate: 10k
        duration: 1m30s
        threshold:
          - p99<5ms
          - 'errors==0'
        message: "--quiet"
        quiet: true
        no-verify: false
        """;
    assertThat(expand("bench --scenario FILE", yaml))
        .containsExactly(
            "bench",
            "--variants=epoll",
            "--variants=nio-selector",
            "--connections=100,1k",
            "--rate=10k",
            "--duration=1m30s",
            "--threshold=p99<5ms",
            "--threshold=errors==0",
            "--message=--quiet",
            "--quiet",
            "--scenario",
            file.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "bench --scenario=FILE -c 10k, --connections",
    "bench -c10k --scenario FILE, --connections",
    "bench --threshold p50<1s --scenario FILE, --threshold",
    "bench --quiet=false --scenario FILE, --quiet"
  })
  void whatIsTypedWins(String command, String left) throws Exception {
    String yaml = "{connections: 1k, threshold: [p99<5ms, errors==0], quiet: true}";
    List<String> expanded = expand(command, yaml);
    assertThat(expanded.subList(1, expanded.size() - command.split(" ").length + 1))
        .as("what the file adds: %s", expanded)
        .isNotEmpty()
        .noneMatch(argument -> argument.startsWith(left));
  }

  @Test
  void withoutAScenarioNothingIsAdded() throws Exception {
    String[] arguments = {"bench", "-c", "1k"};
    assertThat(Scenario.expand(Myriad::model, arguments)).isSameAs(arguments);
    assertThat(Scenario.expand(Myriad::model, "variants", "--scenario", "x"))
        .as("a command without scenarios refuses the option itself")
        .containsExactly("variants", "--scenario", "x");
    assertThat(Scenario.expand(Myriad::model, "bench", "--scenario"))
        .as("picocli tells what is missing")
        .containsExactly("bench", "--scenario");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused(
            "connections: 1k\nconections: 5",
            2,
            "no option 'conections' of bench in a",
            "did you mean 'connections'?"),
        refused("server-pid: 5", 1, "no option 'server-pid' of bench", "'myriad bench --help'"),
        refused("c: 5", 1, "no option 'c' of bench"),
        refused("scenario: other.yaml", 1, "no option 'scenario' of bench"),
        refused("help: true", 1, "no option 'help' of bench"),
        refused("<<: {rate: 5}", 1, "this is a map or a list, for '<<'"),
        refused("\nrate: fast", 2, "rate: 'fast' is not a rate a second, such as 50/s"),
        refused("rate: 010:20", 1, "rate: '010:20' is not a rate"),
        refused("threshold:\n- p99<5ms\n- p99<5", 3, "threshold: 'p99<5': p99 needs a time"),
        refused("connections: [1k, ten]", 1, "connections: 'ten' is not a count"),
        refused("transport: smoke", 1, "transport: ", "smoke"),
        refused("metrics-port: 9400x", 1, "metrics-port: ", "9400x"),
        refused("rate: [1k, 2k]", 1, "rate takes one value, not a list"),
        refused("quiet: yes", 1, "quiet is 'yes'; it takes true or false"),
        refused("rate:\nquiet: true", 1, "nothing for 'rate', which takes a value or a list"),
        refused("rate: ~", 1, "nothing for 'rate'"),
        refused("rate: {from: 1k}", 1, "this is a map or a list, for 'rate'"),
        refused("threshold: [[p99<5ms]]", 1, "this is a map or a list, for 'threshold'"),
        refused("rate: 1k\nquiet: true\nrate: 2k", 3, "rate is here a second time"),
        refused("rate: &r 1k\nduration: *r", 1, "anchor, an alias or a tag, for 'rate'"),
        refused("? [a]\n: b", 1, "this is a map or a list, for the name of an option"),
        refused("rate: !!int 5", 1, "anchor, an alias or a tag, for 'rate'"),
        refused("!!java.util.HashMap {}", 1, "no map of options"),
        refused("- rate", 1, "no map of options"),
        refused("rate", 1, "no map of options"),
        refused("", 1, "no options here"),
        refused("# nothing", 1, "no options here"),
        refused("rate: 1k\n---\nrate: 2k", 2, "a second document begins"),
        refused("rate: 1k\n\tquiet: true", 2, "this is not YAML: "),
        refused("rate: 'open\n\n", 3, "this is not YAML: "),
        refused("rate: {".repeat(8_000), 1, "this is a map or a list, for 'rate'"),
        refused("- ".repeat(30_000), 1, "no map of options"),
        refused("rate: *nobody", 1, "anchor, an alias or a tag, for 'rate'"));
  }

  private static Arguments refused(String yaml, int line, String... parts) {
    return Arguments.argumentSet("'%.40s'".formatted(yaml), yaml, line, List.of(parts));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNotTakenIsNamedWithItsPlace(String yaml, int line, List<String> parts) {
    assertThatThrownBy(() -> expand("bench --scenario FILE", yaml))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("%s, line %d: ", file, line)
        .hasMessageContainingAll(parts.toArray(String[]::new))
        .message()
        .hasLineCount(1)
        .hasSizeLessThan(400);
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    assertRefused("there is no scenario '%s'".formatted(file));
    Files.createDirectory(file);
    assertRefused("%s cannot be read: ".formatted(file));
    Files.delete(file);
    Files.write(file, "rate: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("%s is not text in UTF-8".formatted(file));
    Files.writeString(file, "rate: \u0007");
    assertRefused("%s is not YAML: ".formatted(file));
    Files.writeString(file, "%YAML 3.0\n---\nrate: 1k");
    assertRefused("%s is not YAML: ".formatted(file));
    Files.writeString(file, "#".repeat(ScenarioFile.MOST_BYTES + 1));
    assertRefused("%s holds more than 64k".formatted(file));
  }

  private void assertRefused(String message) {
    assertThatThrownBy(
            () -> Scenario.expand(Myriad::model, "load", "--scenario", file.toString(), "x:1"))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(message)
        .message()
        .hasLineCount(1);
  }
}
