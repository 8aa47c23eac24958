package myriad.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The last things that a process said. Safe for use by any thread. */
final class LastLines {

  private static final int KEPT = 20;
  private static final int LONGEST = 300;

  /** A process whose streams have ended has, too, as soon as the kernel is done with it. */
  private static final Duration EXIT_DEADLINE = Duration.ofSeconds(5);

  /** Something else that the process started may hold its standard error open. */
  private static final Duration LAST_WORDS_DEADLINE = Duration.ofSeconds(2);

  private final Deque<String> lines = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Reads all that a process says on standard error, on a daemon thread. Called once. */
  void follow(Process process) {
    BufferedReader said = process.errorReader();
    Thread.ofPlatform()
        .daemon()
        .name("server-errors")
        .start(
            () -> {
              try (said) {
                said.lines().forEach(this::add);
              } catch (IOException | UncheckedIOException e) {
                add(String.valueOf(e.getMessage()));
              } finally {
                ended.countDown();
              }
            });
  }

  synchronized void add(String line) {
    lines.addLast(line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…");
    if (lines.size() > KEPT) {
      lines.removeFirst();
    }
  }

  /** How {@code process}, which ends or has ended, did that, and what it said last. */
  String becauseOf(Process process) throws InterruptedException {
    boolean exited = process.waitFor(EXIT_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    boolean complete = ended.await(LAST_WORDS_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    String last = last();
    return " with exit code %s%s%s"
        .formatted(
            exited ? process.exitValue() : "unknown",
            last.isEmpty() ? "" : ": " + last,
            complete ? "" : " …");
  }

  private synchronized String last() {
    return String.join(" / ", lines);
  }
}
