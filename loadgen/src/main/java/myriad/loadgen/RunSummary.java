package myriad.loadgen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import myriad.results.Counter;
import myriad.results.GeneratorUsage;
import myriad.results.RunResult;
import myriad.results.RunResult.Connections;
import myriad.results.RunResult.Outcome;
import myriad.results.ServerUsage;
import myriad.results.Verdict;
import org.jspecify.annotations.Nullable;

/** Puts the result of a run together while its phases go by. Used by the run's thread alone. */
final class RunSummary {

  private final LoadPlan plan;
  private Duration measured = Duration.ZERO;
  private long messages;
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
      Duration measured, IntervalLog log, GeneratorUsage generator, @Nullable ServerUsage server) {
    this.measured = measured;
    this.messages = log.total(LoopSnapshot::echoedInWindow);
    this.open = log.connections().served();
    this.generator = generator;
    this.server = server;
  }

  /** The run has ended, and every connection is closed. */
  LoadResult conclude(IntervalLog log, boolean interrupted) {
    Map<Counter, Long> counters = log.counters();
    ConnectStatus end = log.connections();
    Connections connections =
        new Connections(plan.connections(), open, end.attempted(), end.failed(), end.lost());
    RunResult run =
        new RunResult(
            RunResult.FOREIGN_VARIANT,
            "",
            plan.targetText(),
            1,
            PlanDescription.of(plan),
            outcome(log.total(LoopSnapshot::errors), interrupted),
            verdict(log),
            notes(connections, counters),
            connections,
            measured,
            messages,
            counters,
            log.latency(),
            log.intervals(),
            server,
            generator);
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
        measured,
        log.latency(),
        log.counters().getOrDefault(Counter.NOT_DISPATCHED, 0L),
        generator,
        server);
  }

  private static List<String> notes(Connections connections, Map<Counter, Long> counters) {
    List<String> notes = new ArrayList<>();
    if (connections.open() < connections.target()) {
      StringJoiner why = new StringJoiner(", ");
      counters.forEach(
          (counter, count) -> {
            if (counter.unit() == Counter.Unit.CONNECTIONS) {
              why.add("%,d %s".formatted(count, counter.label()));
            }
          });
      notes.add(
          "%,d of %,d connections were open and served at the end%s"
              .formatted(
                  connections.open(), connections.target(), why.length() == 0 ? "" : ": " + why));
    }
    return notes;
  }
}
