package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same little program in Python and in Java, both in virtual time: they must print the same
 * lines in the same order. Where Python is older than what a program shows, or missing, there is
 * nothing to compare with.
 */
class PythonOracleTest extends AsyncTestCase {

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
        Python.isSince(program.sinceMinor()),
        "no Python of 3.%d or newer on the path".formatted(program.sinceMinor()));
    List<String> expected = Python.run(program.name().toLowerCase(Locale.ROOT));

    run(() -> program.run(this::trace));

    assertThat(expected).as("lines of CPython").isNotEmpty();
    assertThat(trace.stream().map(Object::toString)).containsExactlyElementsOf(expected);
  }
}
