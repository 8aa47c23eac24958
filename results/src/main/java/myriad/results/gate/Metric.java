package myriad.results.gate;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.Quantity;
import myriad.results.RunResult;
import myriad.results.report.Units;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a run that a threshold can be set on.
 *
 * @param name as a user types it
 * @param unit of its values
 * @param of the figure of a run; empty where it was not measured
 */
record Metric(String name, Unit unit, Function<RunResult, OptionalDouble> of) {

  /** Those that a server which carries more has more of. */
  private static final Set<String> OF_WHAT_IS_CARRIED =
      Set.of("connections", "messages", "msgs_per_s");

  /** What a value is, how a user types it, and how it is shown. */
  enum Unit {
    /** Nanoseconds, typed with a unit of time. */
    TIME("a time with its unit, such as 5ms"),
    COUNT("a number, such as 10k"),
    RATE("a rate, such as 100k or 100k/s"),
    BYTES("a size, such as 3k (of 1024)"),
    MICROS("a number of microseconds");

    private final String example;

    Unit(String example) {
      this.example = example;
    }

    String example() {
      return example;
    }

    OptionalDouble parse(String text) {
      return switch (this) {
        case TIME -> scaled(Quantity.seconds(text), 1e9);
        case COUNT, MICROS -> Quantity.count(text);
        case RATE -> Quantity.rate(text);
        case BYTES -> Quantity.bytes(text);
      };
    }

    private static OptionalDouble scaled(OptionalDouble value, double factor) {
      return value.isEmpty() ? value : OptionalDouble.of(value.getAsDouble() * factor);
    }

    String show(double value) {
      return switch (this) {
        case TIME -> Units.nanos(value);
        case COUNT -> Units.count(value);
        case RATE -> Units.count(value) + "/s";
        case BYTES -> Units.bytes(value);
        case MICROS -> Units.nanos(value * 1e3);
      };
    }
  }

  private static final Map<String, ToDoubleFunction<LatencySummary>> LATENCIES =
      Map.of(
          "mean", LatencySummary::meanNs,
          "p50", LatencySummary::p50Ns,
          "p75", LatencySummary::p75Ns,
          "p90", LatencySummary::p90Ns,
          "p99", LatencySummary::p99Ns,
          "p99.9", LatencySummary::p999Ns,
          "p99.99", LatencySummary::p9999Ns,
          "max", LatencySummary::maxNs);

  private static final Map<String, Metric> OTHERS =
      Stream.of(
              new Metric("errors", Unit.COUNT, run -> OptionalDouble.of((double) run.errors())),
              new Metric(
                  "connections", Unit.COUNT, run -> OptionalDouble.of(run.connections().open())),
              new Metric("messages", Unit.COUNT, run -> OptionalDouble.of((double) run.messages())),
              new Metric(
                  "msgs_per_s", Unit.RATE, run -> OptionalDouble.of(run.messagesPerSecond())),
              new Metric("server.bytes_per_conn", Unit.BYTES, Metric::serverBytes),
              new Metric("server.cpu_us_per_msg", Unit.MICROS, RunResult::serverMicrosPerMessage),
              new Metric("server.threads", Unit.COUNT, Metric::serverThreads))
          .collect(Collectors.toUnmodifiableMap(Metric::name, metric -> metric));

  private static final Pattern LATENCY = Pattern.compile("(?:([a-z_]+)\\.)?(mean|max|p[0-9.]+)");

  /** Whether more of it is what a server is to carry; of all others less is better. */
  boolean isOfWhatIsCarried() {
    return OF_WHAT_IS_CARRIED.contains(name);
  }

  /** The metric of a name: a percentile of response time, or of the kind that stands before it. */
  static Optional<Metric> named(String name) {
    Metric other = OTHERS.get(name);
    if (other != null) {
      return Optional.of(other);
    }
    Matcher matcher = LATENCY.matcher(name);
    return matcher.matches() ? latency(name, matcher.group(1), matcher.group(2)) : Optional.empty();
  }

  private static Optional<Metric> latency(
      String name, @Nullable String kindName, String figureName) {
    ToDoubleFunction<LatencySummary> figure = LATENCIES.get(figureName);
    Optional<LatencyKind> kind =
        kindName == null
            ? Optional.of(LatencyKind.RESPONSE)
            : Stream.of(LatencyKind.values())
                .filter(found -> found.name().toLowerCase(Locale.ROOT).equals(kindName))
                .findFirst();
    return figure == null
        ? Optional.empty()
        : kind.map(found -> new Metric(name, Unit.TIME, run -> latency(run, found, figure)));
  }

  private static OptionalDouble latency(
      RunResult run, LatencyKind kind, ToDoubleFunction<LatencySummary> figure) {
    LatencySummary summary = run.latency().get(kind);
    return summary == null || summary.count() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(figure.applyAsDouble(summary));
  }

  private static OptionalDouble serverBytes(RunResult run) {
    return run.serverBytesPerConnection();
  }

  private static OptionalDouble serverThreads(RunResult run) {
    return run.server() == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(run.server().threads());
  }

  /** Every name, for an error message. */
  static String names() {
    return "p50, p75, p90, p99, p99.9, p99.99, mean, max (of response time, or with a kind before"
        + " it as in service.p99), "
        + OTHERS.keySet().stream().sorted().collect(Collectors.joining(", "));
  }
}
