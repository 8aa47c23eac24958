package myriad.cli.values;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** A number with an optional unit behind it, such as {@code 1.5k}. */
final class Quantity {

  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-z/%]*)");

  private Quantity() {}

  /**
   * The number in {@code text} times the factor of its unit.
   *
   * @param factors of each unit, in lower case; no unit is 1
   * @param takes what is accepted, for the error
   */
  static BigDecimal parse(String text, Map<String, Integer> factors, String takes) {
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw refused(text, takes);
    }
    String unit = form.group(2);
    Integer factor = unit.isEmpty() ? Integer.valueOf(1) : factors.get(unit);
    if (factor == null) {
      throw refused(text, takes);
    }
    return new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(factor));
  }

  /** Likewise, for values that are whole and fit an {@code int}. */
  static int parseInt(String text, Map<String, Integer> factors, String takes) {
    try {
      return parse(text, factors, takes).intValueExact();
    } catch (ArithmeticException e) {
      throw refused(text, takes);
    }
  }

  static TypeConversionException refused(String text, String takes) {
    return new TypeConversionException("'%s' is not %s".formatted(text, takes));
  }
}
