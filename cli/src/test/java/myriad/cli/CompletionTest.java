package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Each shell is asked what it would offer. A shell that is not installed is left out. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class CompletionTest {

  @TempDir Path folder;

  private Path script(String shell) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(Myriad.model().execute("completion", shell)).isZero();
    } finally {
      System.setOut(before);
    }
    return Files.write(folder.resolve("_myriad"), bytes.toByteArray());
  }

  private static List<String> ask(String... command) throws Exception {
    assumeThat(Files.isExecutable(Path.of("/usr/bin", command[0])))
        .describedAs("%s is not installed: its completion is not tested", command[0])
        .isTrue();
    try (MyriadProcess shell = MyriadProcess.start(List.of(command))) {
      assertThat(shell.exitCode()).describedAs("%s", shell.err()).isZero();
      assertThat(shell.err()).isEmpty();
      return shell.out();
    }
  }

  /** What bash does for the words of a line, the last of which is unfinished. */
  @ParameterizedTest
  @CsvSource({
    "myriad be, bench",
    "myriad bench --var, --variants",
    "myriad bench --variants epo, epoll",
    "myriad serve io_, io_uring",
    "myriad load --format ht, html",
    "myriad compl, completion"
  })
  void bashCompletes(String line, String expected) throws Exception {
    String ask =
        """
        source %s
        compopt() { :; } # which only bash itself may call
        COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}
        _complete_myriad
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script("bash"), line, line);
    assertThat(ask("bash", "--norc", "-c", ask)).extracting(String::strip).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "myriad be, bench",
    "myriad bench --var, --variants",
    "myriad serve io_, io_uring",
    "myriad load --format j, json",
    "myriad completion f, fish"
  })
  void fishCompletes(String line, String expected) throws Exception {
    String ask = "source %s; complete -C '%s'".formatted(script("fish"), line);
    assertThat(ask("fish", "--no-config", "-c", ask))
        .extracting(offer -> offer.split("\t", -1)[0])
        .contains(expected);
  }

  /**
   * As a person would, in a terminal of its own; with the script as a file of the function path.
   */
  @ParameterizedTest
  @CsvSource({"myriad be, bench", "myriad bench --varia, --variants", "myriad serve io_, io_uring"})
  void zshCompletes(String line, String expected) throws Exception {
    script("zsh");
    String unfinished = line.substring(line.lastIndexOf(' ') + 1);
    String ask =
        """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "PS1='ready'; fpath=(%1$s \\$fpath); autoload -U compinit; compinit -D -u; print start''ed"
        zpty -r shell out '*started*ready*'
        zpty -w -n shell $'%2$s\t'
        zpty -r shell out '*%3$s*'
        print -r -- $out
        zpty -d shell
        """
            .formatted(folder, line, expected.substring(unfinished.length()));
    assertThat(String.join("\n", ask("zsh", "-f", "-c", ask)))
        .contains(expected.substring(unfinished.length()))
        .doesNotContain("not found");
  }

  /** The bash script keeps the values of an option under its label, and a later one wins. */
  @Test
  void optionsThatOfferOtherValuesHaveOtherLabels() {
    for (CommandLine command : Myriad.model().getSubcommands().values()) {
      Map<String, Set<List<String>>> offers = new HashMap<>();
      for (OptionSpec option : command.getCommandSpec().options()) {
        Iterable<String> candidates = option.completionCandidates();
        if (candidates != null) {
          List<String> values = StreamSupport.stream(candidates.spliterator(), false).toList();
          offers.computeIfAbsent(option.paramLabel(), _ -> new HashSet<>()).add(values);
        }
      }
      assertThat(offers)
          .describedAs(command.getCommandName())
          .allSatisfy((label, values) -> assertThat(values).describedAs(label).hasSize(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"bash", "zsh", "fish"})
  void hiddenOptionsStayHidden(String shell) throws Exception {
    try (Stream<String> lines = Files.lines(script(shell))) {
      assertThat(lines).noneMatch(line -> line.contains("--led") || line.contains("-l led"));
    }
  }
}
