package myriad.results;

import java.util.Locale;

/**
 * A figure by which it is judged whether a run describes its target, with the limit that it is held
 * against.
 *
 * @param name what was measured, in a few words
 * @param value what it came to
 * @param bound on which side of the limit it may be
 * @param limit the value at which that side ends
 * @param unit of value and limit; empty for a number of events
 */
public record HealthFigure(String name, double value, Bound bound, double limit, String unit) {

  /** On which side of its limit a figure may be. */
  public enum Bound {
    AT_MOST("at most"),
    BELOW("below"),
    AT_LEAST("at least");

    private final String words;

    Bound(String words) {
      this.words = words;
    }
  }

  public HealthFigure {
    Figures.finite("value", value);
    Figures.finite("limit", limit);
  }

  /** Whether the limit is kept. */
  public boolean isKept() {
    return switch (bound) {
      case AT_MOST -> value <= limit;
      case BELOW -> value < limit;
      case AT_LEAST -> value >= limit;
    };
  }

  /** {@code lag p99 0.053 ms (at most 1 ms)}. */
  public String describe() {
    return "%s %s (%s %s)".formatted(name, quantity(value), bound.words, quantity(limit));
  }

  private String quantity(double number) {
    String digits =
        number == Math.rint(number)
            ? String.format(Locale.ROOT, "%.0f", number)
            : String.format(Locale.ROOT, "%.3f", number);
    return unit.isEmpty() ? digits : digits + " " + unit;
  }
}
