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

  private final List<String> command;
  private final ServerCounters total;
  private final Thread thread;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private final AtomicLong restarts = new AtomicLong();
  private volatile Duration deadline = Duration.ZERO;
  private volatile @Nullable Process process;
  private volatile boolean killed;
  private volatile StopOutcome outcome = StopOutcome.FORCED;
  private volatile CompletableFuture<Long> settled = new CompletableFuture<>();
  private volatile GcPauses gcPauses = GcPauses.NONE;
  private ChildLine.Report reported = ChildLine.Report.NOTHING;

  private ChildSupervisor(String name, List<String> command, ServerCounters total) {
    this.command = command;
    this.total = total;
    this.thread = Thread.ofPlatform().daemon().name("myriad-child-" + name).unstarted(this);
  }

  /**
   * Starts a process.
   *
   * @param total where its counters are added
   * @throws IOException if this process can have no thread more
   */
  static ChildSupervisor start(String name, List<String> command, ServerCounters total)
      throws IOException {
    ChildSupervisor supervisor = new ChildSupervisor(name, command, total);
    try {
      supervisor.thread.start();
      return supervisor;
    } catch (OutOfMemoryError noThread) {
      throw new IOException(
          "no thread more to follow a server process; the limit may be ulimit -u, or pids.max of a"
              + " control group",
          noThread);
    }
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

  /** Of this process and of those in whose place it was started. */
  GcPauses gcPauses() {
    return gcPauses;
  }

  /**
   * Has the process collect its garbage. What it counted until then is counted when this is done.
   *
   * @return bytes of its heap in use afterwards; failed if it ends before it answers
   */
  CompletableFuture<Long> settle() {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    settled = answer;
    Process current = process;
    if (current == null || !tell(current, ChildLine.SETTLE)) {
      answer.completeExceptionally(new IOException("no process to settle"));
    }
    return answer;
  }

  /** Tells the process to stop, or to stop at once if it was told before; none follows it. */
  synchronized void requestStop(Duration deadline) {
    this.deadline = deadline;
    stopRequested.countDown();
    Process current = process;
    if (current != null) {
      tellToStop(current);
    }
  }

  /** Done when the process has ended after {@link #requestStop}, and is not started again. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** How the process stopped: gracefully only if it said so itself. */
  StopOutcome outcome() {
    return outcome;
  }

  /** Ends a process that did not stop when it was told to, also one that is being started. */
  void kill() {
    killed = true;
    Process current = process;
    if (current != null) {
      kill(current);
    }
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
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    } finally {
      ended.complete(null);
    }
  }

  /** A process that cannot be started, or says what nobody understands, is one that died. */
  private void runOnce() throws InterruptedException {
    try {
      Process child =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      take(child);
      int status = followToTheEnd(child);
      ready.completeExceptionally(new IOException("ended with status " + status));
    } catch (IOException | RuntimeException | OutOfMemoryError died) {
      ready.completeExceptionally(died);
    }
  }

  private int followToTheEnd(Process child) throws IOException, InterruptedException {
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException | RuntimeException | OutOfMemoryError unintelligible) {
      kill(child);
      throw unintelligible;
    } finally {
      child.waitFor();
      settled.completeExceptionally(new IOException("the process ended"));
      forgetLostConnections();
    }
    return child.exitValue();
  }

  private synchronized void take(Process child) {
    process = child;
    if (killed) {
      kill(child);
    } else if (stopRequested.getCount() == 0) {
      tellToStop(child);
    }
  }

  private void take(String line) {
    if (ChildLine.isCounters(line)) {
      ChildLine.Report now = ChildLine.report(line);
      total.addProgress(reported.server(), now.server());
      gcPauses = gcPauses.plus(now.gc().minus(reported.gc()));
      reported = now;
    } else if (line.equals(ChildLine.READY)) {
      ready.complete(null);
    } else if (ChildLine.isFailed(line)) {
      ready.completeExceptionally(new IOException(ChildLine.failure(line)));
    } else if (ChildLine.isSettled(line)) {
      settled.complete(ChildLine.heapBytes(line));
    } else if (ChildLine.isStopped(line)) {
      outcome = ChildLine.outcome(line);
    }
  }

  /** The connections of a process that died, or had to be killed, went with it. */
  private void forgetLostConnections() {
    CloseKind kind = killed ? CloseKind.SERVER_STOPPED : CloseKind.FAILED;
    for (long lost = reported.server().open(); lost > 0; lost--) {
      total.closed(kind);
    }
    reported = ChildLine.Report.NOTHING;
  }

  private void tellToStop(Process child) {
    if (!tell(child, ChildLine.stop(deadline))) {
      kill(child);
    }
  }

  /** Whether the process is still there to be told. */
  private static boolean tell(Process child, String line) {
    try {
      BufferedWriter toChild = child.outputWriter();
      toChild.write(line + "\n");
      toChild.flush();
      return true;
    } catch (IOException alreadyEnded) {
      return false;
    }
  }

  /** {@link Process#destroyForcibly} would also close the pipe that holds the last counters. */
  private static void kill(Process child) {
    child.toHandle().destroyForcibly();
  }
}
