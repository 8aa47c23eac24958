package myriad.loadgen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import myriad.results.Counter;
import myriad.results.GeneratorUsage;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.Pace;
import myriad.results.RunResult;
import myriad.results.RunResult.Connections;
import myriad.results.RunResult.Outcome;
import myriad.results.ServerUsage;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Puts the result of a run together while its phases go by. Used by the run's thread alone. */
final class RunSummary {

  private final LoadPlan plan;
  private Duration measured = Duration.ZERO;
  private long messages;
  private double sampledShare;
  private int open;
  private @Nullable GeneratorUsage generator;
  private @Nullable ServerUsage server;

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
      double sampledShare,
      IntervalLog log,
      GeneratorUsage generator,
      @Nullable ServerUsage server) {
    this.sampledShare = sampledShare;
    this.measured = measured;
    this.messages = log.total(LoopSnapshot::echoedInWindow);
    this.open = log.connections().served();
    this.generator = generator;
    this.server = server;
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
    RunResult run =
        RunResult.builder()
            .target(plan.targetText())
            .plan(PlanDescription.of(plan))
            .outcome(outcome(log.total(LoopSnapshot::errors), interrupted))
            .verdict(verdict(log))
            .notes(notes(connections, log, kernelGrowth))
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

  private Outcome outcome(long errors, boolean interrupted) {
    if (interrupted) {
      return Outcome.PARTIAL;
    }
    return open == 0 || errors > plan.maxErrors() ? Outcome.TARGET_FAILED : Outcome.COMPLETE;
  }

  private Verdict verdict(IntervalLog log) {
    boolean silent = messages == 0 && !(plan.arrivals() instanceof Arrivals.Idle);
    if (generator == null || silent) {
      return new Verdict(Verdict.Kind.NONE, List.of("nothing was measured"));
    }
    return GeneratorHealth.judge(
        plan,
        new GeneratorHealth.Evidence(
            measured,
            sampledShare,
            log.latency(),
            log.counters().getOrDefault(Counter.NOT_DISPATCHED, 0L),
            log.counters().getOrDefault(Counter.MESSAGES_SENT, 0L),
            generator,
            server));
  }

  private List<String> notes(
      Connections connections, IntervalLog log, Map<String, Long> kernelGrowth) {
    List<String> notes = new ArrayList<>();
    Histogram service = log.histograms().measured().get(LatencyKind.SERVICE);
    if (service != null) {
      HiddenStalls.note(plan, service).ifPresent(notes::add);
    }
    shortfall(log.latency()).ifPresent(notes::add);
    notes.addAll(new KernelHealth(kernelGrowth).findings());
    if (connections.open() < connections.target()) {
      StringJoiner why = new StringJoiner(", ");
      log.counters()
          .forEach(
              (counter, count) -> {
                if (counter.unit() == Counter.Unit.CONNECTIONS) {
                  why.add("%,d %s".formatted(count, counter.label()));
                }
              });
      if (connections.attempted() < connections.target()) {
        why.add("%,d not tried".formatted(connections.target() - connections.attempted()));
      }
      notes.add(
          "%,d of %,d connections were open and served at the end%s"
              .formatted(
                  connections.open(), connections.target(), why.length() == 0 ? "" : ": " + why));
    }
    if (plan.tls().isPresent() && connections.open() > 0) {
      notes.add("connect time includes the handshake of TLS");
    }
    if (!plan.verify()) {
      notes.add("--no-verify: no byte that came back was compared");
    } else if (!plan.messages().content().caveat().isEmpty()) {
      notes.add(plan.messages().content().caveat());
    }
    return notes;
  }

  /** That fewer messages came back than were due: what a target does that is asked for too much. */
  private Optional<String> shortfall(Map<LatencyKind, LatencySummary> latency) {
    return plan.arrivals() instanceof Arrivals.OpenLoop
        ? Pace.of(measured, plan.warmup().toNanos() / 1e9, messages, latency)
            .filter(pace -> !pace.isKept())
            .map(
                pace ->
                    "%,.0f messages/s came back of the %,.0f/s that were due: the target did not keep up"
                        .formatted(pace.cameBackPerSecond(), pace.duePerSecond()))
        : Optional.empty();
  }
}
