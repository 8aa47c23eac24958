package myriad.results.gate;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a gate is told.
 *
 * @param base the server as it was asked for
 * @param head the one that is to replace it
 * @param primary the metrics that decide
 * @param shown metrics that are only shown
 * @param plannedPairs valid pairs after which the data is looked at first
 * @param mostPairs valid pairs after which it is looked at last
 */
public record GateSetup(
    String base,
    String head,
    List<GateMetric> primary,
    List<GateMetric> shown,
    int plannedPairs,
    int mostPairs) {

  /** Chance of a false decision, over all primary metrics and all looks. */
  public static final double ALPHA = 0.05;

  public GateSetup {
    primary = List.copyOf(primary);
    shown = List.copyOf(shown);
    if (primary.isEmpty()) {
      throw new IllegalArgumentException("no metric decides");
    }
    if (plannedPairs < 1 || mostPairs < plannedPairs) {
      throw new IllegalArgumentException("%d pairs, at most %d".formatted(plannedPairs, mostPairs));
    }
  }

  /** How often the data may be looked at. */
  public int looks() {
    return mostPairs > plannedPairs ? 2 : 1;
  }

  /**
   * The fewest pairs that can decide: the least p of n pairs, none of which is at the margin, is
   * 2<sup>-n</sup>, ties or not; and Holm asks the worst of the metrics for the level divided by
   * their number.
   */
  public static int fewestPairs(int primaryMetrics, int looks) {
    return (int) Math.ceil(Math.log(primaryMetrics * looks / ALPHA) / Math.log(2));
  }

  Stream<GateMetric> metrics() {
    return Stream.concat(primary.stream(), shown.stream());
  }
}
