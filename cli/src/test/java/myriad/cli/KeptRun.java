package myriad.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import myriad.results.RunDirectory;
import myriad.results.RunResult;
import myriad.results.SweepResult;

/** What a command has kept, read from the run directory that it made. */
final class KeptRun {

  private KeptRun() {}

  /** The directory that was made last in {@code folder}: they are named by their time. */
  static Path directory(Path folder) throws IOException {
    try (Stream<Path> directories = Files.list(folder)) {
      return directories.max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  /** All that is kept there. */
  static SweepResult sweep(Path folder) throws IOException {
    return RunDirectory.open(directory(folder)).read().result();
  }

  /** Its first run. */
  static RunResult first(Path folder) throws IOException {
    return sweep(folder).runs().getFirst();
  }
}
