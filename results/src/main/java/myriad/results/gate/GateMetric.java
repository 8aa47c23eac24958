package myriad.results.gate;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import myriad.results.LatencyKind;
import org.jspecify.annotations.Nullable;

/**
 * A figure that the gate compares between base and head.
 *
 * @param name as it is shown
 * @param moreIsBetter true for throughput; false for latency, memory and CPU
 * @param margin the worsening that is still acceptable, as a share: 0.05 for 5 %
 */
public record GateMetric(String name, boolean moreIsBetter, double margin) {

  static final String MESSAGES_A_SECOND = "msgs_per_s";
  static final String SERVER_BYTES = "server.bytes_per_conn";
  static final String SERVER_MICROS = "server.cpu_us_per_msg";

  public static final GateMetric THROUGHPUT = new GateMetric(MESSAGES_A_SECOND, true, 0.05);
  public static final GateMetric P99 = new GateMetric("p99", false, 0.10);
  public static final GateMetric BYTES_PER_CONNECTION = new GateMetric(SERVER_BYTES, false, 0.03);
  public static final GateMetric CPU_PER_MESSAGE = new GateMetric(SERVER_MICROS, false, 0.05);

  private static final double LATENCY_MARGIN = 0.10;

  /** Beyond it, a pair has too few messages for a figure that can be compared. */
  private static final double HIGHEST_PERCENTILE = 99;

  public GateMetric {
    if (!(margin >= 0 && margin < 1)) {
      throw new IllegalArgumentException(
          "the margin of %s is %s; allowed is 0 up to 1".formatted(name, margin));
    }
  }

  /**
   * The metric of a name, with its usual margin: one of the above, or the mean or a percentile of
   * response time, or of the kind of latency before it as in {@code service.p90}.
   *
   * @throws IllegalArgumentException if there is none, or it cannot be compared; the message is one
   *     line
   */
  public static GateMetric named(String name) {
    Optional<GateMetric> known =
        Stream.of(THROUGHPUT, P99, BYTES_PER_CONNECTION, CPU_PER_MESSAGE)
            .filter(metric -> metric.name().equals(name))
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    Matcher latency = Turns.LATENCY.matcher(name);
    if (!latency.matches() || !isKind(latency.group(1))) {
      throw new IllegalArgumentException(
          "'%s' is no metric of a gate; there are msgs_per_s, p99 and others up to it, mean,"
                  .formatted(name)
              + " service.p99, server.bytes_per_conn, server.cpu_us_per_msg");
    }
    String figure = latency.group(2);
    if (!figure.equals("mean") && Double.parseDouble(figure.substring(1)) > HIGHEST_PERCENTILE) {
      throw new IllegalArgumentException(
          "%s cannot be gated on: a pair has too few messages beyond p99".formatted(name));
    }
    return latency(name);
  }

  /** Of latency, whatever the percentile: for figures that are only shown. */
  public static GateMetric latency(String name) {
    return new GateMetric(name, false, LATENCY_MARGIN);
  }

  private static boolean isKind(@Nullable String name) {
    return name == null
        || Stream.of(LatencyKind.values())
            .anyMatch(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name));
  }

  /** The same figure, with another margin. */
  public GateMetric within(double newMargin) {
    return new GateMetric(name, moreIsBetter, newMargin);
  }

  /**
   * How much worse head is than base, as a logarithm: 0 is the same, greater is worse.
   *
   * @throws IllegalArgumentException if a value is not above zero
   */
  public double worsening(double base, double head) {
    if (!(base > 0 && head > 0) || Double.isInfinite(base) || Double.isInfinite(head)) {
      throw new IllegalArgumentException(
          "%s cannot be compared: base %s, head %s".formatted(name, base, head));
    }
    return moreIsBetter ? Math.log(base / head) : Math.log(head / base);
  }

  /** {@link #margin} on the scale of {@link #worsening}. */
  double logMargin() {
    return moreIsBetter ? -Math.log1p(-margin) : Math.log1p(margin);
  }

  /** What a worsening is as a ratio of head to base. */
  public double ratio(double worsening) {
    return Math.exp(moreIsBetter ? -worsening : worsening);
  }
}
