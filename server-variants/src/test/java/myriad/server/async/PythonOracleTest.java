package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same little program in Python and in Java, both in virtual time: they must print the same
 * lines in the same order. The newest of some interpreters on the path is asked; where it is older
 * than what a program shows there is nothing to compare with.
 */
class PythonOracleTest extends AsyncTestCase {

  private static final List<String> INTERPRETERS = List.of("python3.14", "python3.13", "python3");
  private static final int NONE = -1;
  private static final long PYTHON_LIMIT_SECONDS = 30;

  private static String interpreter = "python3";
  private static int minor = NONE;

  @BeforeAll
  static void findPython() throws InterruptedException {
    for (String name : INTERPRETERS) {
      int found = minorOf(name);
      if (found > minor) {
        interpreter = name;
        minor = found;
      }
    }
  }

  static Stream<OracleProgram> programs() {
    return Stream.<OracleProgram[]>of(
            OraclePrograms.values(),
            OracleCancellations.values(),
            OracleTaskGroups.values(),
            OracleWaits.values(),
            OraclePrimitives.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void printsWhatCPythonPrints(OracleProgram program) throws Exception {
    assumeTrue(
        minor >= program.sinceMinor(),
        "no Python of 3.%d or newer on the path".formatted(program.sinceMinor()));
    List<String> expected = python(interpreter, fileOf(program));

    run(() -> program.run(this::trace));

    assertThat(expected).as("lines of CPython").isNotEmpty();
    assertThat(trace.stream().map(Object::toString)).containsExactlyElementsOf(expected);
  }

  /** The 13 of 3.13; {@link #NONE} where there is no such interpreter. */
  private static int minorOf(String name) throws InterruptedException {
    try {
      List<String> version = python(name, "-c", "import sys; print(sys.version_info.minor)");
      return version.size() == 1 ? Integer.parseInt(version.getFirst()) : NONE;
    } catch (IOException | NumberFormatException missing) {
      return NONE;
    }
  }

  private static String fileOf(OracleProgram program) throws URISyntaxException {
    String name = "oracle/" + program.name().toLowerCase(Locale.ROOT) + ".py";
    URL file = Objects.requireNonNull(PythonOracleTest.class.getResource(name), name);
    return Path.of(file.toURI()).toString();
  }

  private static List<String> python(String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(name, "-B"), Stream.of(arguments)).toList(); // -B: leaves no files.
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PYTHON_LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return output.lines().toList();
  }
}
