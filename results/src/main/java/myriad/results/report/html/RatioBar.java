package myriad.results.report.html;

import java.util.Locale;
import myriad.results.compare.Change;

/** A ratio as a small bar from the middle, which is 1: to the right it is more, on a log scale. */
final class RatioBar {

  private static final double WIDTH = 60;
  private static final double MIDDLE = WIDTH / 2;

  /** Ratios beyond 4 and below 1/4 fill their half. */
  private static final double WHOLE_OCTAVES = 2;

  private RatioBar() {}

  static String svg(Change change) {
    double octaves = change.ratio() > 0 ? Math.log(change.ratio()) / Math.log(2) : -WHOLE_OCTAVES;
    double length = Math.clamp(octaves / WHOLE_OCTAVES, -1.0, 1.0) * MIDDLE;
    String style =
        switch (change.kind()) {
          case BETTER -> "good";
          case WORSE -> "bad";
          case WITHIN_SPREAD, SPREAD_UNKNOWN -> "dull";
        };
    return String.format(
        Locale.ROOT,
        "<svg class=\"ratio %s\" viewBox=\"0 0 60 10\" aria-hidden=\"true\">"
            + "<rect x=\"%.1f\" y=\"1\" width=\"%.1f\" height=\"8\"/>"
            + "<line x1=\"30\" y1=\"0\" x2=\"30\" y2=\"10\"/></svg>",
        style,
        Math.min(MIDDLE, MIDDLE + length),
        Math.abs(length));
  }
}
