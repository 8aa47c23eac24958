package myriad.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import myriad.server.RunningServer.StopOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One process of a {@link SharedPortServer}: a server that reports to its parent over a pipe. It
 * ends when told to, or with the pipe; Ctrl-C, which a terminal sends to it too, is its parent's.
 */
final class SharedPortChild {

  private static final Duration REPORT_INTERVAL = Duration.ofMillis(100);

  private final RunningServer server;
  private final PrintStream toParent;
  private volatile @Nullable Thread stopping;
  private volatile boolean toldToHurry;
  private ChildLine.Report reported = ChildLine.Report.NOTHING;

  private SharedPortChild(RunningServer server, PrintStream toParent) {
    this.server = server;
    this.toParent = toParent;
  }

  public static void main(String[] arguments) {
    CtrlC.ignore();
    PrintStream toParent = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (RunningServer server = start(arguments)) {
      toParent.println(ChildLine.READY);
      new SharedPortChild(server, toParent).reportUntilStopped();
      System.exit(0);
    } catch (Exception failure) {
      toParent.println(ChildLine.failed(failure));
      System.exit(1);
    }
  }

  private static RunningServer start(String[] arguments) throws IOException {
    ServerVariant variant =
        VariantCatalog.find(arguments[0])
            .orElseThrow(() -> new IllegalArgumentException("no variant " + arguments[0]));
    return variant.start(ChildCommand.config(arguments));
  }

  private void reportUntilStopped() throws InterruptedException, ExecutionException {
    CompletableFuture<Duration> stop = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("parent").start(() -> listenToParent(stop));
    while (true) {
      try {
        Duration deadline = stop.get(REPORT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        StopOutcome outcome = stopReporting(deadline);
        toParent.println(ChildLine.stopped(outcome));
        return;
      } catch (TimeoutException running) {
        reportIfChanged();
      }
    }
  }

  /** Counters go on being reported while connections are given time to finish. */
  private StopOutcome stopReporting(Duration deadline)
      throws InterruptedException, ExecutionException {
    CompletableFuture<StopOutcome> outcome =
        CompletableFuture.supplyAsync(() -> server.stop(deadline), this::startStopping);
    while (true) {
      try {
        StopOutcome stopped = outcome.get(REPORT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        reportIfChanged();
        return stopped;
      } catch (TimeoutException running) {
        reportIfChanged();
      }
    }
  }

  private void startStopping(Runnable task) {
    Thread thread = Thread.ofPlatform().name("stop").unstarted(task);
    stopping = thread;
    if (toldToHurry) {
      thread.interrupt();
    }
    thread.start();
  }

  private void hurry() {
    toldToHurry = true;
    Thread thread = stopping;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private synchronized void reportIfChanged() {
    ChildLine.Report now = new ChildLine.Report(server.counters().snapshot(), ServerJvm.gcPauses());
    if (!now.equals(reported)) {
      toParent.println(ChildLine.counters(now));
      reported = now;
    }
  }

  /** What was counted until then is told first. */
  private void settle() {
    long heapBytes = ServerJvm.heapBytesAfterCollection();
    reportIfChanged();
    toParent.println(ChildLine.settled(heapBytes));
  }

  private void listenToParent(CompletableFuture<Duration> stop) {
    try (BufferedReader parent =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = parent.readLine(); line != null; line = parent.readLine()) {
        if (ChildLine.isStop(line)) {
          if (!stop.complete(ChildLine.deadline(line))) {
            hurry();
          }
        } else if (line.equals(ChildLine.SETTLE)) {
          settle();
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      // Without a parent there is nobody to serve for, nor to report to.
      Runtime.getRuntime().halt(0);
    }
  }
}
