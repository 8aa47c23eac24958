package myriad.loadgen;

import java.math.BigDecimal;
import java.time.Duration;

/** Values of a plan as the command line takes them. */
final class OptionText {

  private OptionText() {}

  static String rate(double perSecond) {
    // A number that no rate can be is named as it is, for the one who gave it.
    String number =
        Double.isFinite(perSecond)
            ? BigDecimal.valueOf(perSecond).stripTrailingZeros().toPlainString()
            : Double.toString(perSecond);
    return number + "/s";
  }

  static String duration(Duration duration) {
    long micros = duration.toNanos() / 1_000;
    if (micros % 1_000_000 == 0) {
      return micros / 1_000_000 + "s";
    }
    return micros % 1_000 == 0 ? micros / 1_000 + "ms" : micros + "us";
  }
}
