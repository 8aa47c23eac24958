package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees: the program in a real terminal, that of tmux. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TerminalIT {

  private static final String ESCAPE = "\u001b[";
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Path TMUX = Path.of("/usr/bin/tmux");

  @TempDir Path folder;

  @BeforeEach
  void needsTmux() {
    assumeThat(TMUX)
        .describedAs("tmux is not installed: the live view is not looked at")
        .isExecutable();
  }

  @AfterEach
  void endTmux() throws Exception {
    if (Files.exists(folder.resolve("socket"))) {
      tmux("kill-server");
    }
  }

  @ParameterizedTest
  @CsvSource({"80, false", "80, true", "200, false"})
  void liveViewAndTableFitTheTerminal(int columns, boolean withoutColour) throws Exception {
    start(
        columns,
        withoutColour,
        "bench --variants nio-selector,thread-per-connection -c 20,50 -d 700ms --warmup 100ms");

    List<String> live = awaitScreen(line -> line.contains("measuring ") && line.contains("█"));
    assertThat(String.join("\n", live))
        .containsPattern("\\[[1-4]/4] [a-z-]+, [25]0 connections +\\d+s left")
        .contains(" %", "connections ", "generator ");
    assertThat(live.stream().anyMatch(line -> line.contains(ESCAPE))).isNotEqualTo(withoutColour);

    List<String> end = awaitScreen(line -> line.contains("results are in"));
    assertThat(end)
        .describedAs("what the live view has drawn is gone, but for a line a run")
        .noneMatch(line -> line.contains("█"))
        .anyMatch(line -> line.startsWith("[1/4] nio-selector, 20 connections: "));
    String header = end.stream().filter(line -> line.contains("P99.9")).findFirst().orElseThrow();
    assertThat(header).hasSizeLessThanOrEqualTo(columns).endsWith("VERDICT");
    assertThat(header.startsWith("VARIANT"))
        .describedAs("on a narrow terminal, variants are headings")
        .isEqualTo(columns > 80);
    assertThat(end.stream().filter(line -> line.matches(".* (IN)?VALID")))
        .describedAs("no row of the table is broken in two")
        .hasSizeGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"80, true", "200, false"})
  void aGateFitsTheTerminal(int columns, boolean withoutColour) throws Exception {
    start(
        columns,
        withoutColour,
        "gate --base 'nio-selector --threads 1' --head 'nio-selector --threads 2' -c 20 --rate 1k"
            + " -d 500ms --warmup 100ms --pairs 2 --max-pairs 6 --primary p99");

    List<String> live = awaitScreen(line -> line.matches(".*measuring +█.*"));
    assertThat(String.join("\n", live))
        .containsPattern("\\[[1-6]/[26]] turn [1-4] of 4: (base|head), 20 connections +\\d+s left")
        .contains(" %", "connections ", "generator ");
    assertThat(live.stream().anyMatch(line -> line.contains(ESCAPE))).isNotEqualTo(withoutColour);

    List<String> end =
        awaitScreen(line -> line.contains("results are in")).stream()
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
            .toList();
    assertThat(end)
        .describedAs("what the live view has drawn is gone, but for a line a pair")
        .noneMatch(line -> line.contains("█"))
        .anyMatch(line -> line.startsWith("pair 1"))
        .contains("base  nio-selector --threads 1", "head  nio-selector --threads 2")
        .anyMatch(line -> line.matches("[✓✗?] gate: head may replace base \\(.*"));
    // A busy host may have had all pairs thrown out; then there are no figures.
    assertThat(end.stream().filter(line -> line.contains("HEAD/BASE")))
        .allSatisfy(header -> assertThat(header).endsWith("DECISION"))
        .describedAs("on a narrow terminal metrics are headings, where they would not fit")
        .allMatch(header -> columns <= 80 || header.startsWith("METRIC"));
    assertThat(end)
        .describedAs("no line is broken by the terminal, but for a path")
        .filteredOn(line -> !line.startsWith("results are in"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
  }

  /**
   * Has a shell run {@code myriad} in a new terminal, and then leave on the screen what it said.
   */
  private void start(int columns, boolean withoutColour, String command) throws Exception {
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        "" + columns,
        "-y",
        "50",
        "env",
        "-u",
        "NO_COLOR",
        "sh",
        "-c",
        "%s%s %s -o %s; cat"
            .formatted(
                withoutColour ? "NO_COLOR=1 " : "",
                MyriadProcess.launcher(),
                command,
                folder.resolve("runs")));
  }

  /** The lines of the screen as they were written: what the terminal broke is one line. */
  private List<String> awaitScreen(Predicate<String> wanted) throws Exception {
    long deadlineNs = System.nanoTime() + MyriadProcess.DEADLINE.toNanos();
    while (true) {
      List<String> screen =
          tmux("capture-pane", "-p", "-e", "-J").stream().map(String::stripTrailing).toList();
      if (screen.stream().anyMatch(wanted)) {
        return screen;
      }
      assertThat(System.nanoTime())
          .describedAs("time in which the screen did not show it: %s", String.join("\n", screen))
          .isLessThan(deadlineNs);
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private List<String> tmux(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(TMUX.toString(), "-u", "-S", folder.resolve("socket").toString()));
    command.addAll(List.of(arguments));
    try (MyriadProcess tmux = MyriadProcess.start(command)) {
      assertThat(tmux.exitCode()).describedAs("%s", tmux.err()).isZero();
      return tmux.out();
    }
  }
}
