package myriad.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import myriad.server.RunningServer.StopOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one process of a {@link SharedPortServer} alive, and adds what it reports to the counters
 * of all. One thread per process does so; every method may be called by any thread.
 */
final class ChildSupervisor implements Runnable {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  /** A process that served so long did not die of its start: the back-off begins anew. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  /** Time for a process to end beyond the deadline of its connections. */
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final List<String> command;
  private final ServerCounters total;
  private final Thread thread;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private volatile Duration deadline = Duration.ZERO;
  private volatile @Nullable Process process;
  private volatile StopOutcome outcome = StopOutcome.GRACEFUL;
  private final AtomicLong restarts = new AtomicLong();
  private ServerCounters.Snapshot added = new ServerCounters().snapshot();

  private ChildSupervisor(String name, List<String> command, ServerCounters total) {
    this.command = command;
    this.total = total;
    this.thread = Thread.ofPlatform().daemon().name("myriad-child-" + name).unstarted(this);
  }

  /**
   * Starts a process.
   *
   * @param total where its counters are added
   */
  static ChildSupervisor start(String name, List<String> command, ServerCounters total) {
    ChildSupervisor supervisor = new ChildSupervisor(name, command, total);
    supervisor.thread.start();
    return supervisor;
  }

  /** Done when the process listens for the first time, or failed if it ended without. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  Optional<ProcessHandle> process() {
    Process current = process;
    return current == null || !current.isAlive()
        ? Optional.empty()
        : Optional.of(current.toHandle());
  }

  long restarts() {
    return restarts.get();
  }

  /** Tells the process to stop, and not to be started again. */
  void requestStop(Duration deadline) {
    this.deadline = deadline;
    stopRequested.countDown();
    Process current = process;
    if (current != null) {
      sendStop(current);
    }
  }

  /**
   * Waits until the process has ended; a process that does not end in time is killed.
   *
   * @return how it stopped
   */
  StopOutcome awaitEnd() {
    try {
      if (!thread.join(deadline.plus(END_LIMIT))) {
        kill();
        thread.join(END_LIMIT);
      }
    } catch (InterruptedException failure) {
      kill();
      Thread.currentThread().interrupt();
    }
    return outcome;
  }

  @Override
  public void run() {
    Duration backoff = FIRST_BACKOFF;
    try {
      while (true) {
        long start = System.nanoTime();
        runOnce();
        boolean settled = System.nanoTime() - start > SETTLED.toNanos();
        backoff = settled ? FIRST_BACKOFF : backoff;
        if (stopRequested.await(backoff.toNanos(), TimeUnit.NANOSECONDS)) {
          return;
        }
        restarts.incrementAndGet();
        Duration doubled = backoff.multipliedBy(2);
        backoff = doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
      }
    } catch (IOException | InterruptedException failure) {
      ready.completeExceptionally(failure);
    }
  }

  private void runOnce() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process = child;
    if (stopRequested.getCount() == 0) {
      sendStop(child);
    }
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    }
    int status = child.waitFor();
    ready.completeExceptionally(new IOException("ended with status " + status));
    forgetLostConnections();
  }

  private void take(String line) {
    if (ChildLine.isCounters(line)) {
      ServerCounters.Snapshot now = ChildLine.counters(line);
      total.addProgress(added, now);
      added = now;
    } else if (line.equals(ChildLine.READY)) {
      ready.complete(null);
    } else if (ChildLine.isFailed(line)) {
      ready.completeExceptionally(new IOException(ChildLine.failure(line)));
    } else if (ChildLine.isStopped(line)) {
      outcome = ChildLine.outcome(line);
    }
  }

  /** The connections of a process that died went with it. */
  private void forgetLostConnections() {
    for (long lost = added.open(); lost > 0; lost--) {
      total.closed(CloseKind.FAILED);
    }
    added = new ServerCounters().snapshot();
  }

  private void sendStop(Process child) {
    try {
      BufferedWriter toChild = child.outputWriter();
      toChild.write(ChildLine.stop(deadline));
      toChild.newLine();
      toChild.flush();
    } catch (IOException alreadyEnded) {
      child.destroyForcibly();
    }
  }

  private void kill() {
    outcome = StopOutcome.FORCED;
    Process current = process;
    if (current != null) {
      current.destroyForcibly();
    }
  }
}
