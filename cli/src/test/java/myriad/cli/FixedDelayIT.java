package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code load} reports of a target that answers 5 ms after it read.
 *
 * <p>Where it is a hundredth of the messages that counts, the target and the generator's event loop
 * share a CPU that nothing else may use while they want to, and everything else has another: so
 * neither waits for the other's CPU to wake, which takes a virtual one 30 to 50 µs. A virtual CPU
 * that has nothing to do is given to others by its host, and comes back late; so theirs is kept
 * busy by a process that runs only while no other wants to.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FixedDelayIT {

  private static final Duration DELAY = Duration.ofMillis(5);

  private static final String CPU_OF_ALL_ELSE = "0";
  private static final String CPU_OF_WHAT_IS_MEASURED = "1";

  /**
   * Set by {@code make truth}, for a machine that does nothing else. Without it only what holds on
   * any machine is asserted: nothing is shorter than the delay, and the shortest is no longer.
   */
  private static final boolean QUIET = Boolean.getBoolean("myriad.truth");

  /**
   * Much until the code is compiled, and then a moderate rate. Its answers are due in the middle
   * between two messages, as 5 ms are 25.5 times the time between them, and no connection has two
   * messages under way, as it has one every 6.3 ms.
   */
  private static final String LOAD =
      "--connections 32 --stage-shape step "
          + (QUIET
              ? "--stages 8s:6k,25s:5100 --warmup 13s -t 1"
              : "--stages 1s:5k,2s:1k --warmup 1s");

  private static final String BUSY = "while :; do :; done";

  @TempDir Path folder;

  /** What is measured, with the target in a process of its own. */
  @FunctionalInterface
  private interface Starting {
    FixedDelayServer start(Path attempt) throws Exception;
  }

  @Test
  void aDelayOfFiveMillisecondsIsReportedAsThat() throws Exception {
    bestOfThree(
        _ -> DELAY.toNanos(),
        attempt ->
            FixedDelayServer.onUnixSocket(
                DELAY, attempt.resolve("socket"), taskset(CPU_OF_WHAT_IS_MEASURED)));
  }

  /**
   * Over TCP a virtual machine now and then holds up one answer of a hundred by more than 2 % of
   * its delay, before it is written: what is reported is held against what the target did.
   */
  @Test
  void overTcpItIsReportedAsTheTargetKeptIt() throws Exception {
    bestOfThree(
        FixedDelayServer.Delays::p99Ns,
        _ -> FixedDelayServer.onTcp(DELAY, taskset(CPU_OF_WHAT_IS_MEASURED)));
  }

  private void bestOfThree(ToLongFunction<FixedDelayServer.Delays> p99OfTargetNs, Starting target)
      throws Exception {
    Programs.assumeInstalled("taskset");
    assumeThat(Runtime.getRuntime().availableProcessors()).as("CPUs").isGreaterThanOrEqualTo(2);
    if (QUIET) {
      Programs.assumeInstalled("chrt");
      Attempts.bestOfThree(folder, attempt -> measureAwake(p99OfTargetNs, target, attempt));
    } else {
      Attempts.bestOfThree(folder, attempt -> measure(p99OfTargetNs, target, attempt));
    }
  }

  private static String[] taskset(String cpu) {
    return new String[] {"taskset", "-c", cpu};
  }

  private static void measureAwake(
      ToLongFunction<FixedDelayServer.Delays> p99OfTargetNs, Starting target, Path attempt)
      throws Exception {
    List<String> busy =
        List.of(
            "timeout",
            "120",
            "chrt",
            "-i",
            "0",
            "taskset",
            "-c",
            CPU_OF_WHAT_IS_MEASURED,
            "sh",
            "-c",
            BUSY);
    try (MyriadProcess _ = MyriadProcess.start(busy)) {
      measure(p99OfTargetNs, target, attempt);
    }
  }

  private static void putFirst(FixedDelayServer server, MyriadProcess load) throws Exception {
    RealTime.putEventLoopsFirst(load, CPU_OF_WHAT_IS_MEASURED);
    RealTime.putFirst(server.pid());
    load.awaitErr(line -> line.contains("measuring"));
    server.startMeasuring();
  }

  private static void measure(
      ToLongFunction<FixedDelayServer.Delays> p99OfTargetNs, Starting target, Path attempt)
      throws Exception {
    try (FixedDelayServer server = target.start(attempt)) {
      RunResult run =
          MeasuredLoad.run(
              "taskset -c " + CPU_OF_ALL_ELSE,
              server.address(),
              LOAD,
              attempt.resolve("runs"),
              load -> {
                if (QUIET) {
                  putFirst(server, load);
                }
              });
      LatencySummary service = Objects.requireNonNull(run.latency().get(LatencyKind.SERVICE));
      System.err.printf(
          "%,d messages: shortest %.3f ms, p50 %.3f ms, p99 %.3f ms, longest %.3f ms%n",
          service.count(),
          service.minNs() / 1e6,
          service.p50Ns() / 1e6,
          service.p99Ns() / 1e6,
          service.maxNs() / 1e6);
      FixedDelayServer.Delays delays = server.delays();
      System.err.printf(
          "by the clock of the target: p50 %.3f ms, p99 %.3f ms%n",
          delays.p50Ns() / 1e6, delays.p99Ns() / 1e6);

      assertThat(run.errors()).isZero();
      assertThat(service.minNs() / 1e6)
          .as("shortest service time, in ms: none can be shorter than the delay")
          .isGreaterThanOrEqualTo(4.99);
      assertThat(service.minNs() / 1e6)
          .as("shortest service time, in ms")
          .isCloseTo(5, withinPercentage(10));
      if (QUIET) {
        assertThat(service.p50Ns() / 1e6)
            .as("p50 of service time, in ms")
            .isCloseTo(5, withinPercentage(2));
        assertThat(service.p99Ns() / 1e6)
            .as("p99 of service time, in ms")
            .isCloseTo(p99OfTargetNs.applyAsLong(delays) / 1e6, withinPercentage(2));
      }
    }
  }
}
