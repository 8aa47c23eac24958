package myriad.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of the host that some tests need. */
final class Programs {

  private static final String FOLDERS = System.getenv("PATH") + ":/usr/sbin:/sbin";

  private Programs() {}

  static boolean isInstalled(String program) {
    return Stream.of(FOLDERS.split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Skips the test, with a word, where one is missing. */
  static void assumeInstalled(String... programs) {
    for (String program : programs) {
      assumeThat(isInstalled(program))
          .describedAs("%s is not installed: it is not tested", program)
          .isTrue();
    }
  }
}
