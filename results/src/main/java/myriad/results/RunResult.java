package myriad.results;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One plan against one target, with its measured phase.
 *
 * @param variant id of the server variant, or {@code -} for a server that is not ours
 * @param model the variant's concurrency model in one line; empty for a server that is not ours
 * @param target what was loaded, as {@code host:port}; empty if it was never started
 * @param repeat number of this repeat of the same plan, from 1
 * @param plan every option of the load by its name on the command line, as a user would type it
 * @param outcome how the run ended
 * @param verdict whether the figures can be trusted
 * @param notes findings in words, such as why fewer connections were reached than asked for
 * @param connections how the connections fared
 * @param measured length of the measured phase
 * @param messages messages sent and echoed whole within the measured phase
 * @param counters everything that was counted; a counter that is absent was zero
 * @param latency by kind, of messages due within the measured phase, and of every connect; a kind
 *     that was not measured is absent
 * @param intervals one a second, over the whole run
 * @param server what the server's process cost; null if its process is not known
 * @param generator what the load generator cost
 * @param errorKinds each kind of error that occurred, with its first example; in the order of
 *     {@link Counter}
 * @param health what the verdict rests on; empty where nothing was measured
 */
public record RunResult(
    String variant,
    String model,
    String target,
    int repeat,
    Map<String, String> plan,
    Outcome outcome,
    Verdict verdict,
    List<String> notes,
    Connections connections,
    Duration measured,
    long messages,
    Map<Counter, Long> counters,
    Map<LatencyKind, LatencySummary> latency,
    List<Interval> intervals,
    @Nullable ServerUsage server,
    @Nullable GeneratorUsage generator,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<ErrorKind> errorKinds,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<HealthFigure> health) {

  /** As {@link #variant}: the target was not started by Myriad. */
  public static final String FOREIGN_VARIANT = "-";

  private static final Duration LONGEST = Duration.ofDays(366);

  public RunResult {
    if (measured.isNegative() || measured.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("no run measures for " + measured);
    }
    plan = Figures.ordered(plan);
    notes = List.copyOf(notes);
    counters = Figures.ordered(counters);
    latency = Figures.ordered(latency);
    intervals = List.copyOf(intervals);
    errorKinds = List.copyOf(errorKinds);
    health = List.copyOf(health);
  }

  /** A run in which nothing was measured, to be filled. */
  public static RunResultBuilder builder() {
    return new RunResultBuilder();
  }

  /** This run, to be changed into another. */
  public RunResultBuilder toBuilder() {
    return new RunResultBuilder(this);
  }

  /** This run, with a finding behind its others. */
  public RunResult withNote(String note) {
    return toBuilder().notes(Stream.concat(notes.stream(), Stream.of(note)).toList()).build();
  }

  /** What was loaded: the variant, or the target if Myriad did not start it. */
  public String serverName() {
    return variant.equals(FOREIGN_VARIANT) ? target : variant;
  }

  /** Length of the measured phase in seconds. */
  public double measuredSeconds() {
    return measured.toNanos() / 1e9;
  }

  /** Messages a second over the measured phase; 0 if nothing was measured. */
  public double messagesPerSecond() {
    return measured.isZero() ? 0 : messages / measuredSeconds();
  }

  /**
   * Messages a second that an open loop's schedule made due within the measured phase, those that
   * the generator did not come to included; empty for a run without a schedule.
   */
  public OptionalDouble askedPerSecond() {
    LatencySummary lag = latency.get(LatencyKind.LAG);
    if (lag == null || measured.isZero() || plan.containsKey("closed-loop")) {
      return OptionalDouble.empty();
    }
    long due = lag.count() + lag.overflow() + counters.getOrDefault(Counter.NOT_DISPATCHED, 0L);
    return OptionalDouble.of(due / measuredSeconds());
  }

  /** {@link ServerUsage#residentBytesPerConnection}; empty too if the process is not known. */
  public OptionalDouble serverBytesPerConnection() {
    return server == null
        ? OptionalDouble.empty()
        : server.residentBytesPerConnection(connections.open());
  }

  /** {@link ServerUsage#cpuMicrosPerMessage}; empty too if the process is not known. */
  public OptionalDouble serverMicrosPerMessage() {
    return server == null ? OptionalDouble.empty() : server.cpuMicrosPerMessage(messages);
  }

  /** {@link GeneratorUsage#cpuMicrosPerMessage}; empty too if nothing is known of it. */
  public OptionalDouble generatorMicrosPerMessage() {
    return generator == null ? OptionalDouble.empty() : generator.cpuMicrosPerMessage(messages);
  }

  /** Everything that went wrong on the load's side: the sum of the counters that are errors. */
  public long errors() {
    return counters.entrySet().stream()
        .filter(entry -> entry.getKey().isError())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How a run ended. */
  public enum Outcome {
    /** The planned time was run to its end. */
    COMPLETE,
    /** Interrupted: the figures are right for the time they cover. */
    PARTIAL,
    /** The target refused, died, or failed more often than was allowed. */
    TARGET_FAILED,
    /** Not run; the notes say why. */
    SKIPPED
  }

  /**
   * How the connections of a run fared.
   *
   * @param target how many were asked for
   * @param open how many were open and had been served (an echo had come back, where messages are
   *     sent) when the measured phase ended
   * @param attempted connects begun
   * @param failed connects that failed or timed out, and connections that ended unserved
   * @param lost connections that were served, and ended before the load ended them
   */
  public record Connections(int target, int open, long attempted, long failed, long lost) {}
}
