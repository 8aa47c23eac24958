package myriad.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import myriad.results.RunResult;
import myriad.results.report.Units;

/** Numbers as people read them: three significant digits and a unit. */
final class Figures {

  /** Stands for a figure that was not measured. */
  static final String NONE = "–";

  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final String[] DECIMAL_PREFIXES = {"", "k", "M", "G", "T"};

  private Figures() {}

  /** Whole, with thousands apart: {@code 10,000}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Connections open, and of how many where that is not all: {@code 512/10k}. */
  static String reached(RunResult.Connections connections) {
    return connections.open() == connections.target()
        ? count(connections.open())
        : count(connections.open()) + "/" + shortCount(connections.target());
  }

  /** As a user types it: {@code 10k}. */
  private static String shortCount(int count) {
    if (count >= 1_000_000 && count % 1_000_000 == 0) {
      return count / 1_000_000 + "m";
    }
    return count >= 1_000 && count % 1_000 == 0 ? count / 1_000 + "k" : count(count);
  }

  /** {@code 2.84 KiB}, as in every report. */
  static String bytes(long bytes) {
    return Units.bytes((double) bytes);
  }

  /** Without a unit or prefix, but not to more digits than others have: {@code 25,200}. */
  static String wholeOfThreeDigits(double value) {
    return count(BigDecimal.valueOf(value).round(THREE_DIGITS).longValue());
  }

  /** {@code 850ns}, {@code 12.3µs}, {@code 1.04ms}, {@code 2.50s}. */
  static String latency(long nanos) {
    if (nanos < 1_000) {
      return nanos + "ns";
    } else if (nanos < 999_500) {
      return digits(nanos / 1e3) + "µs";
    } else if (nanos < 999_500_000) {
      return digits(nanos / 1e6) + "ms";
    }
    return digits(nanos / 1e9) + "s";
  }

  /** {@code 4.20µs}. */
  static String micros(OptionalDouble micros) {
    return micros.isPresent() ? digits(micros.getAsDouble()) + "µs" : NONE;
  }

  /** To the second: {@code 45s}, {@code 1m 05s}, {@code 2h 10m}. */
  static String time(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1e3));
    if (seconds < 60) {
      return seconds + "s";
    } else if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds % 3600 / 60);
  }

  /** {@code 52.3k}. */
  static String rate(double perSecond) {
    int prefix = 0;
    double rest = perSecond;
    while (rest >= 999.5 && prefix < DECIMAL_PREFIXES.length - 1) {
      rest /= 1000;
      prefix++;
    }
    String number =
        prefix == 0 && rest == Math.rint(rest)
            ? String.format(Locale.ROOT, "%.0f", rest)
            : digits(rest);
    return number + DECIMAL_PREFIXES[prefix];
  }

  /** Three significant digits: {@code 4.20}, {@code 42.0}, {@code 420}. */
  static String digits(double value) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
