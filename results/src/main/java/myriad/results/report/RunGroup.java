package myriad.results.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.MemoryGrowth;
import myriad.results.Quantity;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import myriad.results.stats.Spread;
import org.jspecify.annotations.Nullable;

/**
 * The repeats of one plan against one variant, with the figures that a report shows for them.
 *
 * @param runIndexes positions of {@code runs} in the sweep
 */
public record RunGroup(String variant, List<RunResult> runs, List<Integer> runIndexes) {

  /** The groups of a sweep, in its order. */
  public static List<RunGroup> of(SweepResult sweep) {
    record Key(String variant, int connections, Map<String, String> plan) {}
    Map<Key, List<Integer>> indexes = new LinkedHashMap<>();
    for (int i = 0; i < sweep.runs().size(); i++) {
      RunResult run = sweep.runs().get(i);
      Key key = new Key(run.variant(), run.connections().target(), run.plan());
      indexes.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
    }
    return indexes.entrySet().stream()
        .map(
            entry ->
                new RunGroup(
                    entry.getKey().variant(),
                    entry.getValue().stream().map(sweep.runs()::get).toList(),
                    List.copyOf(entry.getValue())))
        .toList();
  }

  /** {@link RunResult#serverName}. */
  public String serverName() {
    return runs.getFirst().serverName();
  }

  public int connectionsTarget() {
    return runs.getFirst().connections().target();
  }

  /** The rate in messages a second that the load offers; empty in closed loop. */
  public OptionalDouble offeredRate() {
    Map<String, String> plan = runs.getFirst().plan();
    OptionalDouble total = Quantity.rate(plan.get("rate"));
    OptionalDouble each = Quantity.rate(plan.get("rate-per-connection"));
    return total.isEmpty() && each.isPresent()
        ? OptionalDouble.of(each.getAsDouble() * connectionsTarget())
        : total;
  }

  /** The load in words: what tells this group from the others of its variant. */
  public String load() {
    String connections = Units.whole(connectionsTarget()) + " connections";
    OptionalDouble rate = offeredRate();
    return rate.isEmpty()
        ? connections
        : connections + " at " + Units.count(rate.getAsDouble()) + "/s";
  }

  /** The runs that figures are taken from: the valid ones; where there is none, all measured. */
  public List<RunResult> counted() {
    List<RunResult> valid = runs.stream().filter(RunGroup::isValid).toList();
    return valid.isEmpty() ? runs.stream().filter(run -> run.messages() > 0).toList() : valid;
  }

  private static boolean isValid(RunResult run) {
    return run.outcome() == Outcome.COMPLETE && run.verdict().kind() == Verdict.Kind.VALID;
  }

  /** A figure over {@link #counted}; empty where no run has it. */
  public Optional<Spread> figure(Function<RunResult, @Nullable Double> figure) {
    return Spread.of(
        counted().stream()
            .map(figure)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  /** A percentile in nanoseconds over {@link #counted}. */
  public Optional<Spread> latency(LatencyKind kind, Function<LatencySummary, Long> percentile) {
    return figure(
        run -> {
          LatencySummary summary = run.latency().get(kind);
          return summary == null || summary.count() == 0
              ? null
              : percentile.apply(summary).doubleValue();
        });
  }

  public Optional<Spread> serverBytesPerConnection() {
    return figure(
        run -> {
          OptionalDouble bytes = run.serverBytesPerConnection();
          return bytes.isPresent() ? bytes.getAsDouble() : null;
        });
  }

  /** The part of {@link #serverBytesPerConnection} that is Java heap in use. */
  public Optional<Spread> serverHeapPerConnection() {
    return growthPerConnection(MemoryGrowth::heapBytes);
  }

  /**
   * Buffers of the kernel for an open connection, both ends of it; none of the process's memory.
   */
  public Optional<Spread> kernelBytesPerConnection() {
    return growthPerConnection(MemoryGrowth::kernelSocketBytes);
  }

  private Optional<Spread> growthPerConnection(Function<MemoryGrowth, @Nullable Long> part) {
    return figure(
        run -> {
          MemoryGrowth growth = run.server() == null ? null : run.server().memoryGrowth();
          Long bytes = growth == null ? null : part.apply(growth);
          return bytes == null || run.serverBytesPerConnection().isEmpty()
              ? null
              : Math.max(0, bytes) / (double) run.connections().open();
        });
  }

  /** Resident memory with the connections open, before the load. */
  public Optional<Spread> serverResidentBytes() {
    return figure(run -> run.server() == null ? null : (double) run.server().residentBytes());
  }

  public Optional<Spread> serverMicrosPerMessage() {
    return figure(
        run -> {
          OptionalDouble micros = run.serverMicrosPerMessage();
          return micros.isPresent() ? micros.getAsDouble() : null;
        });
  }
}
