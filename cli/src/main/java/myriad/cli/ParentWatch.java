package myriad.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

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

  /** Runs {@code onEnd} on a daemon thread once nobody holds the other end of {@code in}. */
  static void whenEnds(InputStream in, Runnable onEnd) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(
            () -> {
              try {
                in.skip(Long.MAX_VALUE);
                while (in.read() >= 0) {
                  // what a parent writes means nothing
                }
              } catch (IOException e) {
                // a pipe that fails has ended
              }
              onEnd.run();
            });
  }

  private static OptionalLong parent() {
    return ProcessHandle.current().parent().stream().mapToLong(ProcessHandle::pid).findFirst();
  }
}
