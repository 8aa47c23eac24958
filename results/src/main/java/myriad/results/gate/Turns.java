package myriad.results.gate;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import myriad.results.LatencyKind;
import myriad.results.RunHistograms;
import myriad.results.RunResult;
import myriad.results.ServerUsage;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one server of a pair did in all its turns, taken together.
 *
 * @param runs one a turn, in their order
 * @param histograms of the same turns
 */
public record Turns(List<RunResult> runs, List<RunHistograms> histograms) {

  static final Pattern LATENCY = Pattern.compile("(?:([a-z_]+)\\.)?(mean|p(?:[0-9]+\\.)?[0-9]+)");

  public Turns {
    runs = List.copyOf(runs);
    histograms = List.copyOf(histograms);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("no turn");
    }
  }

  /**
   * A figure over all turns: rates from sums, percentiles from merged histograms. Memory a
   * connection is that of the first turn, as a server does not give back what it grew by.
   *
   * @return empty where it was not measured
   */
  public OptionalDouble figure(GateMetric metric) {
    return switch (metric.name()) {
      case GateMetric.MESSAGES_A_SECOND -> OptionalDouble.of(messages() / seconds());
      case GateMetric.SERVER_BYTES -> runs.getFirst().serverBytesPerConnection();
      case GateMetric.SERVER_MICROS -> serverMicros();
      default -> latency(metric.name());
    };
  }

  private double messages() {
    return runs.stream().mapToLong(RunResult::messages).sum();
  }

  private double seconds() {
    return runs.stream().mapToDouble(RunResult::measuredSeconds).sum();
  }

  private OptionalDouble serverMicros() {
    double cpuSeconds = 0;
    for (RunResult run : runs) {
      ServerUsage server = run.server();
      if (server == null) {
        return OptionalDouble.empty();
      }
      cpuSeconds += server.cpuSeconds();
    }
    return messages() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(cpuSeconds * 1e6 / messages());
  }

  private OptionalDouble latency(String name) {
    Matcher matcher = LATENCY.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a metric: " + name);
    }
    Histogram merged = merged(kind(matcher.group(1)));
    if (merged == null || merged.getTotalCount() == 0) {
      return OptionalDouble.empty();
    }
    String figure = matcher.group(2);
    return OptionalDouble.of(
        figure.equals("mean")
            ? merged.getMean()
            : merged.getValueAtPercentile(Double.parseDouble(figure.substring(1))));
  }

  private static LatencyKind kind(@Nullable String name) {
    return name == null ? LatencyKind.RESPONSE : LatencyKind.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private @Nullable Histogram merged(LatencyKind kind) {
    Histogram merged = null;
    for (RunHistograms turn : histograms) {
      Histogram histogram = turn.measured().get(kind);
      if (histogram == null) {
        continue;
      }
      if (merged == null) {
        merged = histogram.copy();
      } else {
        merged.add(histogram);
      }
    }
    return merged;
  }
}
