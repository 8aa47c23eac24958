package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code load} records against what {@code tcpdump} saw of the same run on loopback. Recorded
 * times hold what packets do not show: from the decision to send to the segment, and from the
 * echo's segment until the generator has woken and read it. Where they have to agree, it never
 * sleeps: how long a virtual CPU takes to wake is its host's affair.
 *
 * <p>One target answers most messages at once, and one in thirty after 5 ms: the median shows what
 * the generator adds, the 99th percentile whether it sees how long a target takes. The other
 * answers all at once, so that its 99th percentile too is one of some 100 µs, of which 10 % are
 * less than what packets do not show.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PacketTimesIT {

  private static final double HISTOGRAM_ERROR = 0.998;

  /** How much of a recorded time packets need not show. */
  private static final double UNSEEN_MICROS = 30;

  private static final Duration CAPTURE_LOOK = Duration.ofMillis(100);
  private static final Duration CAPTURE_DEADLINE = Duration.ofSeconds(20);

  /**
   * Set by {@code make truth}, for a machine that does nothing else. Without it only what holds on
   * any machine is asserted: every message is there, and no packet took longer than was recorded.
   */
  private static final boolean QUIET = Boolean.getBoolean("myriad.truth");

  private static final String LOAD =
      "--rate 8k -c 50 " + (QUIET ? "-d 20s --warmup 5s --busy-poll -t 1" : "-d 2s --warmup 1s");

  @TempDir Path folder;

  @Test
  void recordedServiceTimesAgreeWithPacketTimes() throws Exception {
    Attempts.bestOfThree(
        folder, attempt -> compare(attempt, TestEcho.delaying(30, Duration.ofMillis(5))));
  }

  @Test
  @EnabledIfSystemProperty(named = "myriad.truth", matches = "true")
  void soDoThoseOfATargetThatAnswersAtOnce() throws Exception {
    Attempts.bestOfThree(folder, attempt -> compare(attempt, TestEcho.delaying(1, Duration.ZERO)));
  }

  private static void compare(Path attempt, TestEcho target) throws Exception {
    Path captured = attempt.resolve("packets.pcap");
    try (TestEcho server = target) {
      int port = server.port();
      try (MyriadProcess tcpdump = capture(port, captured)) {
        RunResult run =
            MeasuredLoad.run("", "127.0.0.1:" + port, LOAD, attempt.resolve("runs"), load -> {});
        List<Long> roundTripsNs = awaitRoundTrips(captured, port, run);
        tcpdump.signal("INT");
        assertThat(tcpdump.exitCode()).isZero();
        assertThat(tcpdump.err()).anyMatch(line -> line.startsWith("0 packets dropped"));
        compare(run, roundTripsNs);
      }
    }
  }

  private static void compare(RunResult run, List<Long> roundTripsNs) {
    LatencySummary recorded = Objects.requireNonNull(run.latency().get(LatencyKind.SERVICE));
    int measured = (int) recorded.count();
    List<Long> sorted =
        roundTripsNs.subList(roundTripsNs.size() - measured, roundTripsNs.size()).stream()
            .sorted()
            .toList();
    double packetsP50 = sorted.get(measured / 2) / 1e3;
    double packetsP99 = sorted.get((int) Math.ceil(measured * 0.99) - 1) / 1e3;
    System.err.printf(
        "%,d messages: p50 recorded %.1f µs, packets %.1f µs; p99 recorded %.1f µs, packets %.1f µs%n",
        measured, recorded.p50Ns() / 1e3, packetsP50, recorded.p99Ns() / 1e3, packetsP99);

    assertThat(run.errors()).isZero();
    assertThat(recorded.p50Ns() / 1e3)
        .as("p50 of service time, in µs")
        .isGreaterThanOrEqualTo(packetsP50 * HISTOGRAM_ERROR);
    assertThat(recorded.p99Ns() / 1e3)
        .as("p99 of service time, in µs")
        .isGreaterThanOrEqualTo(packetsP99 * HISTOGRAM_ERROR);
    if (QUIET) {
      assertAgree(recorded, packetsP50, packetsP99);
    }
  }

  private static void assertAgree(LatencySummary recorded, double packetsP50, double packetsP99) {
    assertThat(recorded.p50Ns() / 1e3)
        .as("p50 of service time, in µs")
        .isCloseTo(packetsP50, within(UNSEEN_MICROS));
    assertThat(recorded.p99Ns() / 1e3)
        .as("p99 of service time, in µs")
        .isCloseTo(packetsP99, within(Math.max(UNSEEN_MICROS, 0.1 * packetsP99)));
  }

  /** Started, and capturing. Written by way of standard output, as tcpdump gives up its rights. */
  private static MyriadProcess capture(int port, Path file) throws Exception {
    Programs.assumeInstalled("tcpdump");
    ProcessBuilder command =
        new ProcessBuilder(
            "tcpdump",
            "-i",
            "lo",
            "-n",
            "-s",
            "96",
            "-B",
            "16384",
            "-U",
            "-w",
            "-",
            "--time-stamp-precision=nano",
            "tcp and port " + port);
    MyriadProcess tcpdump = MyriadProcess.start(command.redirectOutput(file.toFile()));
    String said = tcpdump.awaitErr(line -> line.contains("listening on") || isRefusal(line));
    if (isRefusal(said)) {
      tcpdump.close();
      assumeThat(said).as("tcpdump may capture here").contains("listening on");
    }
    return tcpdump;
  }

  /**
   * The kernel holds packets back for a second at most: what it holds when tcpdump ends is lost.
   */
  private static List<Long> awaitRoundTrips(Path file, int port, RunResult run) throws Exception {
    long sent = Objects.requireNonNull(run.counters().get(Counter.MESSAGES_SENT));
    long deadlineNs = System.nanoTime() + CAPTURE_DEADLINE.toNanos();
    while (true) {
      try {
        List<Long> roundTripsNs = PacketCapture.read(file).roundTripsNs(port);
        if (roundTripsNs.size() >= sent) {
          return roundTripsNs;
        }
      } catch (EOFException | IllegalStateException notAllWrittenYet) {
        // Looked at again below.
      }
      assertThat(System.nanoTime()).as("packets of %,d messages", sent).isLessThan(deadlineNs);
      LockSupport.parkNanos(CAPTURE_LOOK.toNanos());
    }
  }

  private static boolean isRefusal(String line) {
    return line.contains("permission") || line.contains("not permitted");
  }
}
