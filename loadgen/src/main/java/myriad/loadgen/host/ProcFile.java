package myriad.loadgen.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Reads the small text files of {@code /proc}. */
final class ProcFile {

  /** Where Linux shows its state. */
  static final Path PROC = Path.of("/proc");

  /** Most files are smaller, and a probe reads thousands of them. */
  private static final int FIRST_BYTES = 2 * 1024;

  private static final int LARGEST_BYTES = 64 * 1024;

  private ProcFile() {}

  /**
   * The text, or nothing if the file is not there or may not be read.
   *
   * <p>A read takes all that fits: files of {@code /proc/sys} end behind the first, and as their
   * size is 0, {@link Files#readString} begins with a read of a single byte.
   */
  static Optional<String> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[FIRST_BYTES];
      int length = in.readNBytes(bytes, 0, FIRST_BYTES);
      while (length == bytes.length && length < LARGEST_BYTES) {
        bytes = Arrays.copyOf(bytes, length * 2);
        length += in.readNBytes(bytes, length, length);
      }
      return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
    } catch (IOException goneOrForbidden) {
      return Optional.empty();
    }
  }
}
