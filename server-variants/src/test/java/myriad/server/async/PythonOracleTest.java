package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same little program in Python and in Java: both must print the same lines in the same order.
 * Where no Python of 3.11 or newer is on the path there is nothing to compare with.
 */
class PythonOracleTest extends AsyncTestCase {

  private static final long PYTHON_LIMIT_SECONDS = 30;

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void printsWhatCPythonPrints(OraclePrograms program) throws Exception {
    assumeTrue(isPythonThere(), "no python3 of 3.11 or newer on the path");
    List<String> expected = python(fileOf(program));

    run(() -> program.run(this::trace));

    assertThat(expected).as("lines of CPython").isNotEmpty();
    assertThat(trace.stream().map(Object::toString)).containsExactlyElementsOf(expected);
  }

  private static boolean isPythonThere() {
    try {
      return python("-c", "import sys; print(sys.version_info >= (3, 11))").equals(List.of("True"));
    } catch (UncheckedIOException missing) {
      return false;
    }
  }

  private static String fileOf(OraclePrograms program) throws URISyntaxException {
    String name = "oracle/" + program.name().toLowerCase(Locale.ROOT) + ".py";
    URL file = Objects.requireNonNull(PythonOracleTest.class.getResource(name), name);
    return Path.of(file.toURI()).toString();
  }

  private static List<String> python(String... arguments) {
    try {
      String[] command = new String[arguments.length + 1];
      command[0] = "python3";
      System.arraycopy(arguments, 0, command, 1, arguments.length);
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PYTHON_LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      return output.lines().toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
