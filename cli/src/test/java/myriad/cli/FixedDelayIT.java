package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code load} reports of a target that answers 5 ms after it read. Target and generator are
 * processes with a CPU each; the generator first sends so much that its code is compiled, and what
 * is measured is the moderate rate that follows.
 *
 * <p>A virtual CPU that has nothing to do is given to others by its host, and comes back late. So
 * each is kept busy by a process that runs only while no other wants to.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FixedDelayIT {

  private static final String CPU_OF_TARGET = "0";
  private static final String CPU_OF_GENERATOR = "1";

  /**
   * Set by {@code make truth}, for a machine that does nothing else. Without it only what holds on
   * any machine is asserted: nothing is shorter than the delay, and the shortest is no longer.
   */
  private static final boolean QUIET = Boolean.getBoolean("myriad.truth");

  private static final String LOAD =
      "--connections 200 --stage-shape step "
          + (QUIET ? "--stages 5s:20k,49s:210 --warmup 9s" : "--stages 1s:10k,2s:1k --warmup 1s");

  private static final String BUSY = "while :; do :; done";

  @TempDir Path folder;

  @Test
  void aDelayOfFiveMillisecondsIsReportedAsThat() throws Exception {
    Programs.assumeInstalled("taskset");
    assumeThat(Runtime.getRuntime().availableProcessors()).as("CPUs").isGreaterThanOrEqualTo(2);
    if (QUIET) {
      Programs.assumeInstalled("chrt");
      Attempts.bestOfThree(folder, FixedDelayIT::measureAwake);
    } else {
      Attempts.bestOfThree(folder, FixedDelayIT::measure);
    }
  }

  private static void measureAwake(Path runs) throws Exception {
    try (MyriadProcess _ = awake(CPU_OF_TARGET);
        MyriadProcess _ = awake(CPU_OF_GENERATOR)) {
      measure(runs);
    }
  }

  private static MyriadProcess awake(String cpu) {
    return MyriadProcess.start(
        List.of("timeout", "120", "chrt", "-i", "0", "taskset", "-c", cpu, "sh", "-c", BUSY));
  }

  /**
   * From when it is measured, neither the target nor an event loop of the generator waits for the
   * compiler of its own process, which would need a CPU to itself.
   */
  private static void putFirst(FixedDelayServer server, MyriadProcess load) throws Exception {
    RealTime.putEventLoopsFirst(load);
    RealTime.putFirst(server.pid());
  }

  private static void measure(Path runs) throws Exception {
    try (FixedDelayServer server =
        FixedDelayServer.start(Duration.ofMillis(5), "taskset", "-c", CPU_OF_TARGET)) {
      RunResult run =
          MeasuredLoad.run(
              "taskset -c " + CPU_OF_GENERATOR,
              server.port(),
              LOAD,
              runs,
              load -> {
                if (QUIET) {
                  putFirst(server, load);
                  server.startMeasuring();
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
      System.err.println("by the clock of the target: " + server.delays());

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
            .isCloseTo(5, withinPercentage(2));
      }
    }
  }
}
