package myriad.results.report.html;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as short as a chart can do with. */
final class Compact {

  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Compact() {}

  /** Four significant digits; whole numbers without a point. */
  static Number number(double value) {
    double rounded = BigDecimal.valueOf(value).round(FOUR_DIGITS).doubleValue();
    if (rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15) {
      return (long) rounded;
    }
    return rounded;
  }
}
