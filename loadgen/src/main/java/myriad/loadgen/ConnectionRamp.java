package myriad.loadgen;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How fast the connections of a run are opened: at once, at a steady rate, or in stages, whose rate
 * rises and falls linearly or steps. A target that takes them slower is waited for. Immutable.
 */
public final class ConnectionRamp {

  /** As fast as the target takes them. */
  public static final ConnectionRamp AT_ONCE = new ConnectionRamp(null, Map.of());

  private final @Nullable RateProfile rate;
  private final Map<String, String> description;

  private ConnectionRamp(@Nullable RateProfile rate, Map<String, String> description) {
    this.rate = rate;
    this.description = description;
  }

  /** The same rate all along; an infinite one is {@link #AT_ONCE}. */
  public static ConnectionRamp steady(double connectsPerSecond) {
    if (connectsPerSecond == Double.POSITIVE_INFINITY) {
      return AT_ONCE;
    }
    if (!(connectsPerSecond > 0 && connectsPerSecond <= RateProfile.HIGHEST_PER_SECOND)) {
      throw new InvalidPlanException(
          "--connect-rate", connectsPerSecond, "more than 0, at most 1e9/s");
    }
    return new ConnectionRamp(
        RateProfile.constant(connectsPerSecond),
        Map.of("connect-rate", OptionText.rate(connectsPerSecond)));
  }

  /**
   * One stage after the other; the rate of the last goes on until every connection is opened.
   *
   * @param ramping as in {@link RateProfile#stages}
   */
  public static ConnectionRamp stages(List<RateProfile.Stage> stages, boolean ramping) {
    return new ConnectionRamp(
        RateProfile.endlessStages("--connect-stages", stages, ramping),
        Map.of(
            "connect-stages",
            RateProfile.text(stages),
            "connect-shape",
            ramping ? "ramp" : "step"));
  }

  /** Whether it opens so many connections in the end. */
  boolean opens(int connections) {
    return rate == null || rate.total() >= connections;
  }

  /** The ramp as options of the command line. */
  Map<String, String> describe() {
    return description;
  }

  /**
   * When one loop's share of the connections is due to be opened.
   *
   * @param loop which loop this is, from 0, of {@code loops}
   */
  ArrivalSchedule schedule(long startNs, int loop, int loops) {
    return rate == null
        ? ArrivalSchedule.atOnce(startNs)
        : new ProfileSchedule(
            rate, Arrivals.Spacing.CONSTANT, 0, startNs, ArrivalSchedule.NEVER, loop, loops);
  }

  @Override
  public String toString() {
    return description.getOrDefault(
        "connect-stages", description.getOrDefault("connect-rate", "at once"));
  }
}
