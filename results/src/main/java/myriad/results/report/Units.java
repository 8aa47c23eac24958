package myriad.results.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers with units that a person reads: three significant digits. */
public final class Units {

  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final double KIBI = 1024;

  private Units() {}

  /** {@code 950}, {@code 12.3k}, {@code 1.2M}. */
  public static String count(double value) {
    return value < 1e3
        ? digits(value)
        : value < 1e6 ? digits(value / 1e3) + "k" : digits(value / 1e6) + "M";
  }

  /** {@code 12.3 µs}, {@code 1.2 ms}, {@code 3 s}. */
  public static String nanos(double nanos) {
    return nanos < 1e6
        ? digits(nanos / 1e3) + " µs"
        : nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
  }

  /** {@code 950 B}, {@code 2.7 KiB}, {@code 48 MiB}, {@code 24 GiB}. */
  public static String bytes(double bytes) {
    if (bytes < KIBI) {
      return digits(bytes) + " B";
    }
    if (bytes < KIBI * KIBI) {
      return digits(bytes / KIBI) + " KiB";
    }
    return bytes < KIBI * KIBI * KIBI
        ? digits(bytes / KIBI / KIBI) + " MiB"
        : digits(bytes / KIBI / KIBI / KIBI) + " GiB";
  }

  /** {@code 12.3 %}. */
  public static String percent(double share) {
    return digits(share * 100) + " %";
  }

  /** {@code 10,000}. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share of next to nothing can be more than any number. */
  private static String digits(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(THREE_DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
