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

/** One process of a {@link SharedPortServer}: a server that reports to its parent over a pipe. */
final class SharedPortChild {

  private static final Duration REPORT_INTERVAL = Duration.ofMillis(100);

  private final RunningServer server;
  private final PrintStream toParent;
  private ServerCounters.Snapshot reported = new ServerCounters().snapshot();

  private SharedPortChild(RunningServer server, PrintStream toParent) {
    this.server = server;
    this.toParent = toParent;
  }

  public static void main(String[] arguments) {
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
    CompletableFuture<StopOutcome> stopping =
        CompletableFuture.supplyAsync(
            () -> server.stop(deadline), task -> Thread.ofPlatform().name("stop").start(task));
    while (true) {
      try {
        StopOutcome outcome = stopping.get(REPORT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        reportIfChanged();
        return outcome;
      } catch (TimeoutException running) {
        reportIfChanged();
      }
    }
  }

  private void reportIfChanged() {
    ServerCounters.Snapshot now = server.counters().snapshot();
    if (!now.equals(reported)) {
      toParent.println(ChildLine.counters(now));
      reported = now;
    }
  }

  private static void listenToParent(CompletableFuture<Duration> stop) {
    try (BufferedReader parent =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = parent.readLine(); line != null; line = parent.readLine()) {
        if (ChildLine.isStop(line)) {
          stop.complete(ChildLine.deadline(line));
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
