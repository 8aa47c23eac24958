package myriad.results;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as users type them: counts {@code 10k} and {@code 2m}, rates {@code 50k/s}, sizes {@code
 * 3k} (of 1024), times {@code 500us}, {@code 10ms}, {@code 1s}, {@code 2m}, {@code 1h30m}.
 */
public final class Quantity {

  private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,30})?)([a-zµ/]{0,4})");

  private static final Map<String, Double> COUNTS = Map.of("", 1.0, "k", 1e3, "m", 1e6);
  private static final Map<String, Double> RATES =
      Map.of("", 1.0, "/s", 1.0, "k", 1e3, "k/s", 1e3, "m", 1e6, "m/s", 1e6);
  private static final Map<String, Double> SIZES =
      Map.of("", 1.0, "b", 1.0, "k", 1024.0, "kib", 1024.0, "m", 1048576.0, "mib", 1048576.0);
  private static final Map<String, Double> SECONDS =
      Map.of(
          "ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0, "d",
          86_400.0);

  private Quantity() {}

  public static OptionalDouble count(@Nullable String text) {
    return parse(text, COUNTS);
  }

  /** Events a second. */
  public static OptionalDouble rate(@Nullable String text) {
    return parse(text, RATES);
  }

  public static OptionalDouble bytes(@Nullable String text) {
    return parse(text, SIZES);
  }

  /** A time in seconds, in one part or several; the unit of each must be given. */
  public static OptionalDouble seconds(@Nullable String text) {
    String parts = text == null ? "" : text.toLowerCase(Locale.ROOT);
    Matcher part = FORM.matcher(parts);
    double seconds = 0;
    int end = 0;
    while (end < parts.length() && part.find(end) && part.start() == end) {
      OptionalDouble next = parse(part.group(), SECONDS);
      if (next.isEmpty()) {
        return next;
      }
      seconds += next.getAsDouble();
      end = part.end();
    }
    return parts.isEmpty() || end < parts.length()
        ? OptionalDouble.empty()
        : OptionalDouble.of(seconds);
  }

  private static OptionalDouble parse(@Nullable String text, Map<String, Double> units) {
    if (text == null) {
      return OptionalDouble.empty();
    }
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalDouble.empty();
    }
    Double unit = units.get(matcher.group(2));
    return unit == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(matcher.group(1)) * unit);
  }
}
