package myriad.results.compare;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.report.RunGroup;
import myriad.results.report.Units;
import myriad.results.stats.Spread;

/**
 * What is compared between sweeps, and followed through a history.
 *
 * @param label for people
 * @param column its name in CSV files, the same as in {@code summary.csv}
 * @param unit of the values
 * @param moreIsBetter true for throughput; false for latency, memory and CPU
 * @param show a value with the unit that a person reads
 * @param figure over the repeats of a group; empty where it was not measured
 */
public record ComparedFigure(
    String label,
    String column,
    String unit,
    boolean moreIsBetter,
    DoubleFunction<String> show,
    Function<RunGroup, Optional<Spread>> figure) {

  private static final double NANOS_PER_MICRO = 1_000;

  public static final ComparedFigure THROUGHPUT =
      new ComparedFigure(
          "msgs/s",
          "msgs_per_s",
          "msgs/s",
          true,
          Units::count,
          group -> group.figure(RunResult::messagesPerSecond));
  public static final ComparedFigure P99 =
      latency("p99", "response_p99_us", LatencyKind.RESPONSE, LatencySummary::p99Ns);
  public static final ComparedFigure CPU =
      new ComparedFigure(
          "CPU/msg",
          "server_cpu_us_per_msg",
          "µs",
          false,
          ComparedFigure::time,
          RunGroup::serverMicrosPerMessage);

  private static final List<ComparedFigure> ALL =
      List.of(
          THROUGHPUT,
          latency("p50", "response_p50_us", LatencyKind.RESPONSE, LatencySummary::p50Ns),
          P99,
          latency("p99.9", "response_p999_us", LatencyKind.RESPONSE, LatencySummary::p999Ns),
          latency("service p50", "service_p50_us", LatencyKind.SERVICE, LatencySummary::p50Ns),
          latency("service p99", "service_p99_us", LatencyKind.SERVICE, LatencySummary::p99Ns),
          latency("service p99.9", "service_p999_us", LatencyKind.SERVICE, LatencySummary::p999Ns),
          CPU,
          new ComparedFigure(
              "B/conn",
              "server_rss_bytes_per_conn",
              "bytes",
              false,
              Units::bytes,
              RunGroup::serverBytesPerConnection));

  public static List<ComparedFigure> all() {
    return ALL;
  }

  private static ComparedFigure latency(
      String label, String column, LatencyKind kind, Function<LatencySummary, Long> percentile) {
    return new ComparedFigure(
        label,
        column,
        "µs",
        false,
        ComparedFigure::time,
        group -> group.latency(kind, percentile).map(ComparedFigure::micros));
  }

  private static Spread micros(Spread nanos) {
    return new Spread(
        nanos.mid() / NANOS_PER_MICRO,
        nanos.min() / NANOS_PER_MICRO,
        nanos.max() / NANOS_PER_MICRO);
  }

  private static String time(double micros) {
    return Units.nanos(micros * NANOS_PER_MICRO);
  }

  public String text(double value) {
    return show.apply(value);
  }

  public Optional<Spread> of(RunGroup group) {
    return figure.apply(group);
  }
}
