package myriad.loadgen.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the small text files of {@code /proc}. */
final class ProcFile {

  /** Where Linux shows its state. */
  static final Path PROC = Path.of("/proc");

  private ProcFile() {}

  /** The text, or nothing if the file is not there or may not be read. */
  static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException goneOrForbidden) {
      return Optional.empty();
    }
  }
}
