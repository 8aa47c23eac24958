package myriad.results;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether messages came back as fast as an open loop's schedule made them due.
 *
 * <p>Within the measured phase fewer may come back than are due although the target keeps up: by
 * Little's law as many are under way at a moment as are due within a response time. Where the
 * warm-up was shorter than that, more are under way at the end than were at the start, and at both
 * ends their number varies, as that of independent arrivals does, by its root.
 *
 * @param measured length of the measured phase
 * @param due messages that were due within it, and handed to a connection
 * @param cameBack messages that came back whole within it, whenever they were due
 * @param toleratedShortfall messages that a target which keeps up may lack
 */
public record Pace(Duration measured, long due, long cameBack, double toleratedShortfall) {

  /** Of the messages that were due, those that may be missing for reasons of no interest. */
  private static final double TOLERATED_SHARE = 0.01;

  /** One at either end, however few are under way on the average. */
  private static final int UNDER_WAY_AT_THE_ENDS = 2;

  /** Standard deviations that chance may take. */
  private static final double TOLERATED_DEVIATIONS = 3;

  /**
   * Response times, the shortest to the 90th percentile, that differ by more are not those of a
   * target that takes its time, but may be those of a queue that grows.
   */
  private static final double ALIKE = 1.5;

  /** Of a run; empty for one that had no schedule, or measured nothing. */
  public static Optional<Pace> of(RunResult run) {
    OptionalDouble warmupSeconds = Quantity.seconds(run.plan().get("warmup"));
    return run.plan().containsKey("closed-loop")
        ? Optional.empty()
        : of(run.measured(), warmupSeconds.orElse(0), run.messages(), run.latency());
  }

  /**
   * Of an open loop that is not a {@link RunResult} yet, likewise.
   *
   * @param warmupSeconds load before the measured phase
   * @param cameBack messages that came back whole within the measured phase
   */
  public static Optional<Pace> of(
      Duration measured,
      double warmupSeconds,
      long cameBack,
      Map<LatencyKind, LatencySummary> latency) {
    LatencySummary lag = latency.get(LatencyKind.LAG);
    if (lag == null || measured.isZero()) {
      return Optional.empty();
    }
    double seconds = measured.toNanos() / 1e9;
    long due = lag.count() + lag.overflow();
    LatencySummary response = latency.get(LatencyKind.RESPONSE);
    double tolerated =
        TOLERATED_SHARE * due
            + UNDER_WAY_AT_THE_ENDS
            + (response == null ? 0 : underWay(due / seconds, warmupSeconds, seconds, response));
    return Optional.of(new Pace(measured, due, cameBack, tolerated));
  }

  /** By how many more messages are under way at the end than at the start, at the most. */
  private static double underWay(
      double duePerSecond, double warmupSeconds, double seconds, LatencySummary response) {
    double shortest = response.p90Ns() <= ALIKE * response.minNs() ? response.minNs() / 1e9 : 0;
    double growth = Math.min(shortest, warmupSeconds + seconds) - Math.min(shortest, warmupSeconds);
    double average = Math.min(response.meanNs() / 1e9, seconds);
    return duePerSecond * growth + TOLERATED_DEVIATIONS * Math.sqrt(2 * duePerSecond * average);
  }

  /** Whether the target kept up. */
  public boolean isKept() {
    return due - cameBack <= toleratedShortfall;
  }

  /** Messages that were due, a second. */
  public double duePerSecond() {
    return due / (measured.toNanos() / 1e9);
  }

  /** Messages that came back, a second. */
  public double cameBackPerSecond() {
    return cameBack / (measured.toNanos() / 1e9);
  }
}
