package myriad.cli;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Notices that the process which started this one is gone. A parent that was killed tells nobody;
 * what remains is that this process gets another parent, or that a pipe from the parent ends.
 */
final class ParentWatch {

  private final OptionalLong first = parent();

  /** Whether the parent at the time of construction is still the parent. */
  boolean parentIsGone() {
    return !parent().equals(first);
  }

  /**
   * Follows what the parent says, on a daemon thread, until nobody holds the other end of {@code
   * in}.
   *
   * @param onLine given each line
   */
  static void follow(InputStream in, Consumer<String> onLine, Runnable onEnd) {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(
            () -> {
              try {
                lines.lines().forEach(onLine);
              } catch (UncheckedIOException e) {
                // a pipe that fails has ended
              }
              onEnd.run();
            });
  }

  private static OptionalLong parent() {
    return ProcessHandle.current().parent().stream().mapToLong(ProcessHandle::pid).findFirst();
  }
}
