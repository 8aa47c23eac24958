package myriad.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The user's browser: what the variable BROWSER names, else what the desktop opens pages with. */
final class BrowserWindow {

  /** What cannot open anything has said so by then; a browser that stays in front is left alone. */
  private static final Duration TIME_TO_FAIL = Duration.ofSeconds(3);

  private static final String DESKTOP_OPENER = "xdg-open";

  private final UnaryOperator<String> environment;

  /**
   * @param environment value of a variable, empty if it is not set
   */
  BrowserWindow(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /**
   * Shows a file.
   *
   * @throws CommandException if there is no browser, or it fails
   */
  void show(Path file) throws IOException, InterruptedException {
    String program =
        program()
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.HOST_LIMIT,
                        "no browser to open it with: BROWSER is not set, and there is no %s; open %s yourself"
                            .formatted(DESKTOP_OPENER, file)));
    Process browser = start(program, file);
    boolean ended = browser.waitFor(TIME_TO_FAIL.toMillis(), TimeUnit.MILLISECONDS);
    if (ended && browser.exitValue() != 0) {
      throw new CommandException(
          ExitCode.HOST_LIMIT,
          "%s could not open it (exit code %d); open %s yourself"
              .formatted(program, browser.exitValue(), file));
    }
  }

  private Optional<String> program() {
    String named = environment.apply("BROWSER").split(":", 2)[0].strip();
    return named.isEmpty()
        ? Optional.of(DESKTOP_OPENER).filter(this::isOnPath)
        : Optional.of(named);
  }

  private boolean isOnPath(String program) {
    return Stream.of(environment.apply("PATH").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static Process start(String program, Path file) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(program.split(" +", -1)), Stream.of(file.toAbsolutePath().toString()))
            .toList();
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.HOST_LIMIT,
          "%s cannot be started; open %s yourself".formatted(command.getFirst(), file));
    }
  }
}
