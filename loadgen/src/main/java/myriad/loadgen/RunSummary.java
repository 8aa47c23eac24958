package myriad.loadgen;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import myriad.results.Counter;
import myriad.results.GeneratorUsage;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import myriad.results.RunResult.Connections;
import myriad.results.RunResult.Outcome;
import myriad.results.ServerUsage;
import myriad.results.Verdict;
import org.jspecify.annotations.Nullable;

/** Puts the result of a run together while its phases go by. Used by the run's thread alone. */
final class RunSummary {

  private static final int CPUS = Runtime.getRuntime().availableProcessors();

  private final LoadPlan plan;
  private Duration measured = Duration.ZERO;
  private long messages;
  private double sampledShare;
  private double waitedShare;
  private boolean loopsSeen = true;
  private int open;
  private @Nullable GeneratorUsage generator;
  private @Nullable ServerUsage server;
  private OptionalDouble busiestServerThread = OptionalDouble.empty();

  RunSummary(LoadPlan plan) {
    this.plan = plan;
  }

  /** The connect phase has ended. */
  void connected(IntervalLog log) {
    open = log.connections().served();
  }

  /** The measured phase has ended. */
  void measured(
      Duration measured,
      IntervalLog log,
      GeneratorProbe probe,
      GeneratorUsage generator,
      TargetWatch target) {
    this.sampledShare = probe.sampledShare(measured);
    this.waitedShare = probe.waitedShare();
    this.loopsSeen = probe.seesLoops();
    this.measured = measured;
    this.messages = log.total(LoopSnapshot::echoedInWindow);
    this.open = log.connections().held(plan.life());
    this.generator = generator;
    this.server = target.usage(measured);
    this.busiestServerThread = target.busiestThread();
  }

  /**
   * The run has ended, and every connection is closed.
   *
   * @param kernelGrowth of the host's counters over the run
   */
  LoadResult conclude(IntervalLog log, Map<String, Long> kernelGrowth, boolean interrupted) {
    ConnectStatus end = log.connections();
    Connections connections =
        new Connections(plan.connections(), open, end.attempted(), end.failed(), end.lost());
    Verdict verdict = verdict(log);
    RunResult run =
        RunResult.builder()
            .target(plan.targetText())
            .plan(PlanDescription.of(plan))
            .outcome(outcome(log, interrupted))
            .verdict(verdict)
            .health(measuredNothing(log) ? List.of() : HealthFigures.of(plan, evidence(log)))
            .notes(notes(connections, log, kernelGrowth, verdict))
            .connections(connections)
            .measured(measured)
            .messages(messages)
            .counters(log.counters())
            .latency(log.latency())
            .intervals(log.intervals())
            .server(server)
            .generator(generator)
            .errorKinds(log.errorKinds(plan))
            .build();
    return new LoadResult(run, log.histograms());
  }

  private List<String> notes(
      Connections connections, IntervalLog log, Map<String, Long> kernelGrowth, Verdict verdict) {
    List<String> notes =
        RunNotes.of(plan, log, connections, measured, messages, kernelGrowth, verdict);
    GeneratorHealth.noteOfPolling(plan, CPUS).ifPresent(notes::add);
    if (!loopsSeen) {
      notes.add(
          "it could not be read how busy the event loops were (/proc/PID/schedstat): a saturated generator would not show");
    }
    return notes;
  }

  private Outcome outcome(IntervalLog log, boolean interrupted) {
    if (interrupted) {
      return Outcome.PARTIAL;
    }
    boolean tooManyErrors = log.total(LoopSnapshot::errors) > plan.maxErrors();
    return tooManyErrors || !served(log) ? Outcome.TARGET_FAILED : Outcome.COMPLETE;
  }

  /** Where connections are replaced, none may be open at a given moment though all goes well. */
  private boolean served(IntervalLog log) {
    if (log.connections().isReplaced(plan.life()) && !isIdle()) {
      return log.latency().containsKey(LatencyKind.SERVICE);
    }
    return open > 0;
  }

  private boolean isIdle() {
    return plan.arrivals() instanceof Arrivals.Idle;
  }

  private Verdict verdict(IntervalLog log) {
    return measuredNothing(log)
        ? new Verdict(Verdict.Kind.NONE, List.of("nothing was measured"))
        : GeneratorHealth.judge(plan, evidence(log));
  }

  private boolean measuredNothing(IntervalLog log) {
    boolean silent = !isIdle() && !log.latency().containsKey(LatencyKind.SERVICE);
    return generator == null || measured.isZero() || silent;
  }

  private GeneratorHealth.Evidence evidence(IntervalLog log) {
    return new GeneratorHealth.Evidence(
        measured,
        sampledShare,
        waitedShare,
        log.latency(),
        log.counters().getOrDefault(Counter.NOT_DISPATCHED, 0L),
        log.counters().getOrDefault(Counter.MESSAGES_SENT, 0L),
        Objects.requireNonNull(generator),
        server,
        busiestServerThread,
        CPUS);
  }
}
