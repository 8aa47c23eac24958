package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import myriad.results.ServerUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TargetWatchTest {

  private static final int TOO_MANY_THREADS = 1_001;
  private static final int SMALL_STACK_BYTES = 64 * 1024;

  @Test
  void contextSwitchesAreCounted() {
    assertThat(usageOfThisProcess().contextSwitches()).isNotNull().isNotNegative();
  }

  /** What was not counted is not none. */
  @Test
  void contextSwitchesOfThousandsOfThreadsAreUnknown() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < TOO_MANY_THREADS; i++) {
        crowd.add(Thread.ofPlatform().stackSize(SMALL_STACK_BYTES).start(() -> awaitQuietly(end)));
      }

      assertThat(usageOfThisProcess().contextSwitches()).isNull();
    } finally {
      end.countDown();
      for (Thread thread : crowd) {
        thread.join();
      }
    }
  }

  private static ServerUsage usageOfThisProcess() {
    TargetWatch watch =
        new TargetWatch(OptionalLong.of(ProcessHandle.current().pid()), TargetHeap.UNKNOWN);
    watch.connected();
    watch.beginMeasuring();
    watch.endMeasuring();
    return Objects.requireNonNull(watch.usage(Duration.ofSeconds(1)));
  }

  private static void awaitQuietly(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oneThreadThatIsAlwaysBusyIsFound() throws Exception {
    watchShell(
        "read -r _; while :; do :; done",
        watch -> {
          ServerUsage process = watch.usage(Duration.ofSeconds(1));
          assertThat(process).isNotNull();
          assertThat(watch.busiestThread().orElseThrow())
              .as("cores of the only thread, against those of its process")
              .isPositive()
              .isCloseTo(Objects.requireNonNull(process).cpuSeconds(), within(0.05));
        });
  }

  /** What is busy without a load too does not say that the server can do no more. */
  @Test
  void aThreadThatPollsIsLeftOut() throws Exception {
    watchShell("while :; do :; done", watch -> assertThat(watch.busiestThread()).hasValue(0));
  }

  /** Runs a script whose load is a line of input. */
  private static void watchShell(String script, Consumer<TargetWatch> check) throws Exception {
    Attempts.bestOfThree(
        () -> {
          Process shell = new ProcessBuilder("sh", "-c", script).start();
          try {
            TargetWatch watch = new TargetWatch(OptionalLong.of(shell.pid()), TargetHeap.UNKNOWN);
            watch.connected();
            watch.tellPolling();
            shell.outputWriter().append('\n').flush();
            measureForHalfASecond(watch);

            check.accept(watch);
          } finally {
            shell.destroyForcibly();
            shell.waitFor(10, TimeUnit.SECONDS);
          }
        });
  }

  private static void measureForHalfASecond(TargetWatch watch) {
    watch.beginMeasuring();
    long untilNs = System.nanoTime() + 500_000_000;
    while (System.nanoTime() < untilNs) {
      LockSupport.parkNanos(untilNs - System.nanoTime());
    }
    watch.endMeasuring();
  }

  @Test
  void aProcessThatIsNotKnownHasNoThreads() {
    TargetWatch watch = new TargetWatch(OptionalLong.empty(), TargetHeap.UNKNOWN);
    watch.beginMeasuring();
    watch.endMeasuring();

    assertThat(watch.busiestThread()).isEmpty();
  }
}
