package myriad.cli.values;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Times with a unit: {@code 500us}, {@code 10ms}, {@code 1.5s}, {@code 2m}, {@code 1h30m}. */
public final class DurationConverter implements ITypeConverter<Duration> {

  private static final String TAKES = "a time with its unit, such as 500us, 10ms, 1s, 2m or 1h";
  private static final Pattern PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ns", Duration.ofNanos(1),
          "us", Duration.ofNanos(1_000),
          "µs", Duration.ofNanos(1_000),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  @Override
  public Duration convert(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (end < text.length()) {
      if (!part.find(end) || part.start() != end) {
        throw Quantity.refused(text, TAKES);
      }
      nanos = nanos.add(nanosOf(part));
      end = part.end();
    }
    try {
      return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    } catch (ArithmeticException e) {
      throw Quantity.refused(text, TAKES);
    }
  }

  private static BigDecimal nanosOf(Matcher part) {
    Duration unit = UNITS.getOrDefault(part.group(2).toLowerCase(Locale.ROOT), Duration.ZERO);
    return new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit.toNanos()));
  }
}
