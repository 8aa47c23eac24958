package myriad.loadgen.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the small text files of {@code /proc}. */
final class ProcFile {

  /** Where Linux shows its state. */
  static final Path PROC = Path.of("/proc");

  private static final int LARGEST_BYTES = 64 * 1024;

  private ProcFile() {}

  /**
   * The text, or nothing if the file is not there or may not be read.
   *
   * <p>It is read at once: files of {@code /proc/sys} end behind the first read, and as their size
   * is 0, {@link Files#readString} begins with a read of a single byte.
   */
  static Optional<String> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[LARGEST_BYTES];
      int length = in.readNBytes(bytes, 0, LARGEST_BYTES);
      return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
    } catch (IOException goneOrForbidden) {
      return Optional.empty();
    }
  }
}
