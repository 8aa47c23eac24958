package myriad.results;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import myriad.results.RunResult.Connections;
import myriad.results.RunResult.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link RunResult} holds, whose components say what each value is. A value that is
 * not given is that of a run in which nothing was measured and nothing went wrong. Not thread-safe.
 */
public final class RunResultBuilder {

  private String variant = RunResult.FOREIGN_VARIANT;
  private String model = "";
  private String target = "";
  private int repeat = 1;
  private Map<String, String> plan = Map.of();
  private Outcome outcome = Outcome.COMPLETE;
  private Verdict verdict = new Verdict(Verdict.Kind.NONE, List.of());
  private List<String> notes = List.of();
  private Connections connections = new Connections(0, 0, 0, 0, 0);
  private Duration measured = Duration.ZERO;
  private long messages;
  private Map<Counter, Long> counters = Map.of();
  private Map<LatencyKind, LatencySummary> latency = Map.of();
  private List<Interval> intervals = List.of();
  private @Nullable ServerUsage server;
  private @Nullable GeneratorUsage generator;
  private List<ErrorKind> errorKinds = List.of();
  private List<HealthFigure> health = List.of();

  RunResultBuilder() {}

  RunResultBuilder(RunResult run) {
    variant = run.variant();
    model = run.model();
    target = run.target();
    repeat = run.repeat();
    plan = run.plan();
    outcome = run.outcome();
    verdict = run.verdict();
    notes = run.notes();
    connections = run.connections();
    measured = run.measured();
    messages = run.messages();
    counters = run.counters();
    latency = run.latency();
    intervals = run.intervals();
    server = run.server();
    generator = run.generator();
    errorKinds = run.errorKinds();
    health = run.health();
  }

  public RunResultBuilder variant(String variant) {
    this.variant = variant;
    return this;
  }

  public RunResultBuilder model(String model) {
    this.model = model;
    return this;
  }

  public RunResultBuilder target(String target) {
    this.target = target;
    return this;
  }

  public RunResultBuilder repeat(int repeat) {
    this.repeat = repeat;
    return this;
  }

  public RunResultBuilder plan(Map<String, String> plan) {
    this.plan = plan;
    return this;
  }

  public RunResultBuilder outcome(Outcome outcome) {
    this.outcome = outcome;
    return this;
  }

  public RunResultBuilder verdict(Verdict verdict) {
    this.verdict = verdict;
    return this;
  }

  public RunResultBuilder notes(List<String> notes) {
    this.notes = notes;
    return this;
  }

  public RunResultBuilder connections(Connections connections) {
    this.connections = connections;
    return this;
  }

  public RunResultBuilder measured(Duration measured) {
    this.measured = measured;
    return this;
  }

  public RunResultBuilder messages(long messages) {
    this.messages = messages;
    return this;
  }

  public RunResultBuilder counters(Map<Counter, Long> counters) {
    this.counters = counters;
    return this;
  }

  public RunResultBuilder latency(Map<LatencyKind, LatencySummary> latency) {
    this.latency = latency;
    return this;
  }

  public RunResultBuilder intervals(List<Interval> intervals) {
    this.intervals = intervals;
    return this;
  }

  public RunResultBuilder server(@Nullable ServerUsage server) {
    this.server = server;
    return this;
  }

  public RunResultBuilder generator(@Nullable GeneratorUsage generator) {
    this.generator = generator;
    return this;
  }

  public RunResultBuilder errorKinds(List<ErrorKind> errorKinds) {
    this.errorKinds = errorKinds;
    return this;
  }

  public RunResultBuilder health(List<HealthFigure> health) {
    this.health = health;
    return this;
  }

  public RunResult build() {
    return new RunResult(
        variant,
        model,
        target,
        repeat,
        plan,
        outcome,
        verdict,
        notes,
        connections,
        measured,
        messages,
        counters,
        latency,
        intervals,
        server,
        generator,
        errorKinds,
        health);
  }
}
