package myriad.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last things that a process said. Safe for use by any thread. */
final class LastLines {

  private static final int KEPT = 20;

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    lines.addLast(line);
    if (lines.size() > KEPT) {
      lines.removeFirst();
    }
  }

  /** How {@code process} ended, and what it said last. */
  synchronized String becauseOf(Process process) {
    return " with exit code %s%s"
        .formatted(
            process.isAlive() ? "unknown" : process.exitValue(),
            lines.isEmpty() ? "" : ": " + String.join(" / ", lines));
  }
}
