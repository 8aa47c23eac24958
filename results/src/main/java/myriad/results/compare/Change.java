package myriad.results.compare;

import myriad.results.stats.Spread;

/**
 * One figure of a sweep against the same of the first sweep.
 *
 * @param ratio of the medians, to the first
 */
public record Change(double ratio, Kind kind) {

  private static final int FEWEST_REPEATS = 2;

  /** What the ratio says, given the repeats. */
  public enum Kind {
    BETTER("better"),
    WORSE("worse"),
    /** The repeats of both overlap. */
    WITHIN_SPREAD("within the spread"),
    /** Too few repeats to know a spread. */
    SPREAD_UNKNOWN("");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * @param first must have a median above zero
   * @param repeats of the side that has fewer
   */
  static Change of(ComparedFigure figure, Spread first, Spread other, int repeats) {
    return new Change(other.mid() / first.mid(), kind(figure, first, other, repeats));
  }

  private static Kind kind(ComparedFigure figure, Spread first, Spread other, int repeats) {
    if (repeats < FEWEST_REPEATS) {
      return Kind.SPREAD_UNKNOWN;
    }
    if (other.min() <= first.max() && first.min() <= other.max()) {
      return Kind.WITHIN_SPREAD;
    }
    return other.mid() > first.mid() == figure.moreIsBetter() ? Kind.BETTER : Kind.WORSE;
  }
}
