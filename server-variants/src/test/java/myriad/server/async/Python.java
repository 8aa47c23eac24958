package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** CPython of this host: the newest of some interpreters on the path. */
final class Python {

  private static final List<String> INTERPRETERS = List.of("python3.14", "python3.13", "python3");
  private static final int NONE = -1;
  private static final long LIMIT_SECONDS = 60;

  private static final Python NEWEST = newest();

  private final String interpreter;
  private final int minor;

  private Python(String interpreter) {
    this.interpreter = interpreter;
    this.minor = minorOf(interpreter);
  }

  /** Whether there is one of 3.{@code minor} or newer. */
  static boolean isSince(int minor) {
    return NEWEST.minor >= minor;
  }

  /** The lines that a program of the folder {@code oracle} prints. */
  static List<String> run(String program, String... arguments) {
    try {
      URL file =
          Objects.requireNonNull(Python.class.getResource("oracle/" + program + ".py"), program);
      String[] words =
          Stream.concat(Stream.of(Path.of(file.toURI()).toString()), Stream.of(arguments))
              .toArray(String[]::new);
      return output(NEWEST.interpreter, words);
    } catch (IOException | URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Python newest() {
    Python newest = new Python(INTERPRETERS.getLast());
    for (String name : INTERPRETERS) {
      Python other = new Python(name);
      newest = other.minor > newest.minor ? other : newest;
    }
    return newest;
  }

  /** The 13 of 3.13; {@link #NONE} where there is no such interpreter. */
  private static int minorOf(String interpreter) {
    try {
      List<String> lines = output(interpreter, "-c", "import sys; print(sys.version_info.minor)");
      return lines.size() == 1 ? Integer.parseInt(lines.getFirst()) : NONE;
    } catch (IOException | NumberFormatException missing) {
      return NONE;
    }
  }

  private static List<String> output(String interpreter, String... arguments) throws IOException {
    // Leaves no compiled files behind, and warns of no coroutine that a cancelled task never began.
    Stream<String> command = Stream.of(interpreter, "-B", "-W", "ignore");
    Process process =
        new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    return output.lines().toList();
  }
}
