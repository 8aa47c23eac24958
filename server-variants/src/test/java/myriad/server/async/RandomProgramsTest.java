package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs made at random, of tasks that wait for, cancel and shield each other, run by CPython and
 * here: they must print the same lines in the same order. Messages of cancellations are left out.
 */
class RandomProgramsTest extends AsyncTestCase {

  private static final int PROGRAMS = 250;
  private static final String HEADING = "PROGRAM ";

  @ParameterizedTest(name = "seeds from {0}")
  @ValueSource(ints = {0, 1_000, 2_000, 3_000})
  void doWhatTheyDoInCPython(int firstSeed) throws Exception {
    assumeTrue(Python.isSince(13), "no Python of 3.13 or newer on the path");
    List<String> lines =
        Python.run(
            "random_programs", String.valueOf(firstSeed), String.valueOf(firstSeed + PROGRAMS));
    int programs = 0;
    for (int i = 0; i < lines.size(); programs++) {
      String heading = lines.get(i++);
      List<String> expected = new ArrayList<>();
      while (i < lines.size() && !lines.get(i).startsWith(HEADING)) {
        expected.add(lines.get(i++));
      }
      assertThat(linesOf(heading.split(" ", 3)[2])).as(heading).isEqualTo(expected);
    }
    assertThat(programs).isEqualTo(PROGRAMS);
  }

  private List<String> linesOf(String program) throws Exception {
    List<String> lines = new ArrayList<>();
    openLoop();
    run(() -> new RandomProgram(lines::add).run(Form.parse(program)));
    return lines;
  }
}
