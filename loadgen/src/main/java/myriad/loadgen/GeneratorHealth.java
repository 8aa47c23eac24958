package myriad.loadgen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import myriad.results.GeneratorUsage;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.ServerUsage;
import myriad.results.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a run describes its target, or the generator and the host that measured it. Each
 * limit stands here, and in the reason of every run that broke it.
 */
final class GeneratorHealth {

  /** An open loop whose own lag is shorter than this is on time. */
  private static final long TOLERATED_LAG_NS = 1_000_000;

  /** Of the response time at the 99th percentile, the most that may be the generator's own lag. */
  private static final double TOLERATED_LAG_SHARE = 0.25;

  /** Of the messages that were due, how many must have been handed to a connection. */
  static final double LEAST_DISPATCHED = 0.99;

  /**
   * Of the measured time, how much an event loop may have been without the CPU that it was ready to
   * use. Replies are not read meanwhile, which looks like a slow target, and not like lag.
   */
  static final double TOLERATED_WAITED_SHARE = 0.25;

  /** From this utilisation on, an event loop is taken to be a bottleneck. */
  static final double SATURATED_LOOP = 0.95;

  /** The samples at the ends of the measured phase may be off by so much of its length. */
  static final double TOLERATED_SAMPLING_ERROR = 0.1;

  /** Of the measured time, how much the generator may have stood still, in stalls that tell. */
  static final double TOLERATED_STALLED_SHARE = 0.02;

  /**
   * A server whose busiest thread uses so much of a core is as fast as that thread is, unless the
   * thread does so without a load too.
   */
  static final double BUSY_SERVER_THREAD = 0.9;

  private GeneratorHealth() {}

  /**
   * What is judged.
   *
   * @param measured length of the measured phase as it was
   * @param sampledShare how much of it the samples of CPU and kernel counters cover
   * @param waitedShare how much of it the event loop that waited for a CPU the longest did so
   * @param notDispatched messages that were due and that the generator did not come to
   * @param messagesSent over the whole run
   * @param busiestServerThread CPU that it used, in cores, of threads that do not poll; empty if it
   *     is not known
   * @param cpus that the generator may run on
   */
  record Evidence(
      Duration measured,
      double sampledShare,
      double waitedShare,
      Map<LatencyKind, LatencySummary> latency,
      long notDispatched,
      long messagesSent,
      GeneratorUsage generator,
      @Nullable ServerUsage server,
      OptionalDouble busiestServerThread,
      int cpus) {}

  /** The verdict of a run that measured something. */
  static Verdict judge(LoadPlan plan, Evidence evidence) {
    List<String> reasons = new ArrayList<>();
    judgeSampling(evidence.sampledShare, reasons);
    judgeStalls(evidence.measured.toNanos() / 1e6, evidence.generator, reasons);
    judgePolling(plan, evidence.cpus, reasons);
    reasons.addAll(
        new KernelHealth(evidence.generator.kernelCounters()).reasons(evidence.messagesSent));
    switch (plan.arrivals()) {
      case Arrivals.OpenLoop open -> {
        judgeLag(evidence.latency, reasons);
        judgeDispatched(evidence.latency, evidence.notDispatched, reasons);
        judgeSaturation(evidence.generator, reasons);
        judgeWaiting(evidence.waitedShare, reasons);
      }
      case Arrivals.ClosedLoop closed -> judgeSaturationInClosedLoop(evidence, reasons);
      case Arrivals.Idle idle -> {}
    }
    return reasons.isEmpty() ? Verdict.valid() : new Verdict(Verdict.Kind.INVALID, reasons);
  }

  private static void judgeSampling(double sampledShare, List<String> reasons) {
    if (Math.abs(sampledShare - 1) > TOLERATED_SAMPLING_ERROR) {
      reasons.add(
          "host too busy: CPU and counters were sampled over %.0f %% of the measured time, not 90 to 110 %%"
              .formatted(100 * sampledShare));
    }
  }

  private static void judgeStalls(
      double measuredMillis, GeneratorUsage generator, List<String> reasons) {
    if (generator.stalledMillis() > TOLERATED_STALLED_SHARE * measuredMillis) {
      reasons.add(
          ("generator stalled: it stood still for %.1f %% of the measured time, over 2 %%, in stalls of"
                  + " %d ms and more, the longest %.0f ms; give it a CPU of its own")
              .formatted(
                  100 * generator.stalledMillis() / measuredMillis,
                  GeneratorUsage.TELLING_STALL_MILLIS,
                  generator.longestStallMillis()));
    }
  }

  /**
   * Loops that share a CPU take turns of milliseconds, each polling in vain while another waits;
   * and so does a server on this host that is left none.
   */
  private static void judgePolling(LoadPlan plan, int cpus, List<String> reasons) {
    int most = mostPolling(plan, cpus);
    if (plan.busyPoll() && plan.eventLoops() > most) {
      reasons.add(
          "generator without CPUs: %,d event loops poll (--busy-poll) on %,d CPUs%s; %s"
              .formatted(
                  plan.eventLoops(),
                  cpus,
                  plan.serverPid().isPresent() ? ", which the server needs too" : "",
                  most == 0
                      ? "leave out --busy-poll"
                      : "use at most %,d --threads".formatted(most)));
    }
  }

  /** How many loops may poll: a server that is known to run on this host needs a CPU too. */
  static int mostPolling(LoadPlan plan, int cpus) {
    return plan.serverPid().isPresent() ? cpus - 1 : cpus;
  }

  /** In words, that loops that poll leave no CPU to anything else. */
  static Optional<String> noteOfPolling(LoadPlan plan, int cpus) {
    return plan.busyPoll() && plan.eventLoops() == cpus && plan.serverPid().isEmpty()
        ? Optional.of(
            ("--busy-poll: event loops of the generator took all CPUs (%,d): it had none for its other"
                    + " threads, and a target on this host none for itself; use fewer --threads")
                .formatted(cpus))
        : Optional.empty();
  }

  private static void judgeLag(Map<LatencyKind, LatencySummary> latency, List<String> reasons) {
    LatencySummary lag = latency.get(LatencyKind.LAG);
    LatencySummary response = latency.get(LatencyKind.RESPONSE);
    if (lag == null || response == null) {
      return;
    }
    double limitNs = toleratedLagNs(response);
    if (lag.p99Ns() > limitNs) {
      reasons.add(
          ("generator late: p99 of its lag was %.3f ms, over %.3f ms (1 ms, or a quarter of the p99 of response"
                  + " time, whichever is more); give it CPUs that nothing else uses")
              .formatted(lag.p99Ns() / 1e6, limitNs / 1e6));
    }
  }

  /** How late the generator may be at the 99th percentile, beside such response times. */
  static double toleratedLagNs(LatencySummary response) {
    return Math.max(TOLERATED_LAG_NS, TOLERATED_LAG_SHARE * response.p99Ns());
  }

  /** In words, that response times are in part lag, though it is short enough to be tolerated. */
  static Optional<String> noteOfLag(LoadPlan plan, Map<LatencyKind, LatencySummary> latency) {
    LatencySummary lag = latency.get(LatencyKind.LAG);
    LatencySummary response = latency.get(LatencyKind.RESPONSE);
    if (!(plan.arrivals() instanceof Arrivals.OpenLoop)
        || lag == null
        || response == null
        || lag.p99Ns() <= TOLERATED_LAG_SHARE * response.p99Ns()
        || lag.p99Ns() > toleratedLagNs(response)) {
      return Optional.empty();
    }
    return Optional.of(
        ("p99 of the generator's own lag was %.3f ms, over a quarter of the p99 of response time, %.3f ms;"
                + " it is tolerated below 1 ms, but service time tells more of the target here")
            .formatted(lag.p99Ns() / 1e6, response.p99Ns() / 1e6));
  }

  private static void judgeDispatched(
      Map<LatencyKind, LatencySummary> latency, long notDispatched, List<String> reasons) {
    LatencySummary lag = latency.get(LatencyKind.LAG);
    long dispatched = lag == null ? 0 : lag.count() + lag.overflow();
    long due = dispatched + notDispatched;
    if (dispatched < due * LEAST_DISPATCHED) {
      reasons.add(
          "generator behind its schedule: it sent or queued %,d of %,d due messages, under 99 %%"
              .formatted(dispatched, due));
    }
  }

  /** A schedule leaves a loop idle time; without any, messages and replies wait for the loop. */
  private static void judgeSaturation(GeneratorUsage generator, List<String> reasons) {
    if (generator.busiestLoopUtilisation() >= SATURATED_LOOP) {
      reasons.add(
          ("generator saturated: its busiest event loop was busy, or waited for a CPU, %.0f %% of the time"
                  + " (limit 95 %%), so latencies hold waits of its own: use more --threads, give it"
                  + " CPUs of its own, or lower the rate")
              .formatted(100 * generator.busiestLoopUtilisation()));
    }
  }

  private static void judgeWaiting(double waitedShare, List<String> reasons) {
    if (waitedShare > TOLERATED_WAITED_SHARE) {
      reasons.add(
          ("generator short of CPU: an event loop was ready to run, and waited for a CPU, %.0f %% of the time,"
                  + " over 25 %%; give it CPUs that nothing else uses")
              .formatted(100 * waitedShare));
    }
  }

  /** In a closed loop the generator may be busy all the time, if the server can do no more. */
  private static void judgeSaturationInClosedLoop(Evidence evidence, List<String> reasons) {
    double busiest = evidence.generator.busiestLoopUtilisation();
    if (busiest < SATURATED_LOOP || evidence.busiestServerThread.orElse(0) >= BUSY_SERVER_THREAD) {
      return;
    }
    reasons.add(
        ("generator saturated: its busiest event loop was busy %.0f %% of the time (limit 95 %%) while the server %s;"
                + " the throughput is the generator's: use more --threads, or an open loop (--rate)")
            .formatted(100 * busiest, busynessOf(evidence)));
  }

  private static String busynessOf(Evidence evidence) {
    if (evidence.server == null) {
      return "is not known (see --server-pid)";
    }
    return evidence.busiestServerThread.isPresent()
        ? "had no thread that used 0.9 of a core for it: its busiest used %.2f"
            .formatted(evidence.busiestServerThread.getAsDouble())
        : "had too many threads to tell how busy each was";
  }
}
