package myriad.results.gate;

/**
 * A figure that the gate compares between base and head.
 *
 * @param name as it is shown
 * @param moreIsBetter true for throughput; false for latency, memory and CPU
 * @param margin the worsening that is still acceptable, as a share: 0.05 for 5 %
 */
public record GateMetric(String name, boolean moreIsBetter, double margin) {

  public static final GateMetric THROUGHPUT = new GateMetric("msgs_per_s", true, 0.05);
  public static final GateMetric P99 = new GateMetric("p99", false, 0.10);
  public static final GateMetric BYTES_PER_CONNECTION =
      new GateMetric("server.bytes_per_conn", false, 0.03);
  public static final GateMetric CPU_PER_MESSAGE =
      new GateMetric("server.cpu_us_per_msg", false, 0.05);

  public GateMetric {
    if (!(margin >= 0 && margin < 1)) {
      throw new IllegalArgumentException(
          "the margin of %s is %s; allowed is 0 up to 1".formatted(name, margin));
    }
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
