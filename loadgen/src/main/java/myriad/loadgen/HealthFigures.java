package myriad.loadgen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import myriad.loadgen.host.KernelCounters;
import myriad.results.HealthFigure;
import myriad.results.HealthFigure.Bound;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;

/**
 * What {@link GeneratorHealth} and {@link KernelHealth} judge a run by, as figures beside their
 * limits, broken or kept.
 */
final class HealthFigures {

  private HealthFigures() {}

  /** Of a run that measured something, those that its kind of load is held against. */
  static List<HealthFigure> of(LoadPlan plan, GeneratorHealth.Evidence evidence) {
    List<HealthFigure> figures = new ArrayList<>();
    if (plan.arrivals() instanceof Arrivals.OpenLoop) {
      addSchedule(evidence, figures);
    }
    if (!(plan.arrivals() instanceof Arrivals.Idle)) {
      figures.add(saturation(plan, evidence));
    }
    if (plan.arrivals() instanceof Arrivals.OpenLoop) {
      figures.add(
          percent(
              "event loop without a CPU",
              evidence.waitedShare(),
              Bound.AT_MOST,
              GeneratorHealth.TOLERATED_WAITED_SHARE));
    }
    if (plan.busyPoll()) {
      figures.add(
          new HealthFigure(
              "event loops that poll",
              plan.eventLoops(),
              Bound.AT_MOST,
              GeneratorHealth.mostPolling(plan, evidence.cpus()),
              ""));
    }
    figures.add(
        percent(
            "stalled",
            evidence.generator().stalledMillis() / Math.max(1, evidence.measured().toMillis()),
            Bound.AT_MOST,
            GeneratorHealth.TOLERATED_STALLED_SHARE));
    figures.add(
        percent(
            "time sampled too much or too little",
            Math.abs(evidence.sampledShare() - 1),
            Bound.AT_MOST,
            GeneratorHealth.TOLERATED_SAMPLING_ERROR));
    addKernel(evidence, figures);
    return figures;
  }

  /** A closed loop may saturate the generator where it saturates the server too. */
  private static HealthFigure saturation(LoadPlan plan, GeneratorHealth.Evidence evidence) {
    double server = evidence.busiestServerThread().orElse(0);
    return plan.arrivals() instanceof Arrivals.ClosedLoop
            && server >= GeneratorHealth.BUSY_SERVER_THREAD
        ? new HealthFigure(
            "busiest server thread",
            server,
            Bound.AT_LEAST,
            GeneratorHealth.BUSY_SERVER_THREAD,
            "cores")
        : percent(
            "busiest event loop",
            evidence.generator().busiestLoopUtilisation(),
            Bound.BELOW,
            GeneratorHealth.SATURATED_LOOP);
  }

  private static void addSchedule(GeneratorHealth.Evidence evidence, List<HealthFigure> figures) {
    LatencySummary lag = evidence.latency().get(LatencyKind.LAG);
    LatencySummary response = evidence.latency().get(LatencyKind.RESPONSE);
    if (lag == null) {
      return;
    }
    if (response != null) {
      figures.add(
          new HealthFigure(
              "lag p99",
              lag.p99Ns() / 1e6,
              Bound.AT_MOST,
              GeneratorHealth.toleratedLagNs(response) / 1e6,
              "ms"));
    }
    long sent = lag.count() + lag.overflow();
    long due = sent + evidence.notDispatched();
    figures.add(
        percent(
            "sent or queued of those due",
            due == 0 ? 1 : sent / (double) due,
            Bound.AT_LEAST,
            GeneratorHealth.LEAST_DISPATCHED));
  }

  private static void addKernel(GeneratorHealth.Evidence evidence, List<HealthFigure> figures) {
    Map<String, Long> growth = evidence.generator().kernelCounters();
    for (String counter : KernelHealth.NOT_TO_GROW) {
      figures.add(
          new HealthFigure(counter, growth.getOrDefault(counter, 0L), Bound.AT_MOST, 0, ""));
    }
    figures.add(
        new HealthFigure(
            KernelCounters.RETRANSMITS + " of data",
            new KernelHealth(growth).dataRetransmits(),
            Bound.AT_MOST,
            KernelHealth.toleratedRetransmits(evidence.messagesSent()),
            ""));
  }

  private static HealthFigure percent(String name, double share, Bound bound, double limit) {
    return new HealthFigure(name, 100 * share, bound, 100 * limit, "%");
  }
}
