package myriad.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that appear whole or not at all: written aside, forced to the disk, then renamed. A reader,
 * or a machine that loses power, sees the old content or the new one.
 */
public final class WholeFile {

  private WholeFile() {}

  /** Writes or replaces {@code target}; on failure, what was there before is untouched. */
  public static void write(Path target, byte[] content) throws ResultsException {
    Path aside = target.resolveSibling("." + target.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(aside);
      writeForced(aside, content);
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(target);
    } catch (IOException e) {
      ResultsException failure = ResultsException.writing(target, e);
      try {
        Files.deleteIfExists(aside);
      } catch (IOException cleanup) {
        failure.addSuppressed(cleanup);
      }
      throw failure;
    }
  }

  private static void writeForced(Path path, byte[] content) throws IOException {
    // CREATE_NEW: never through a link that somebody else has put there.
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void forceFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
