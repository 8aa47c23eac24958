package myriad.cli;

import java.time.Duration;
import java.util.Locale;
import myriad.results.RunResult;

/** Numbers as people read them: three significant digits and a unit. */
final class Figures {

  /** Stands for a figure that was not measured. */
  static final String NONE = "–";

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
        : count(connections.open()) + "/" + rate(connections.target());
  }

  /** {@code 52.3k}. */
  static String rate(double perSecond) {
    return scaled(perSecond, "");
  }

  /** Decimal: {@code 2.91kB}. */
  static String bytes(long bytes) {
    return scaled((double) bytes, "B");
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
  static String micros(double micros) {
    return digits(micros) + "µs";
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

  private static String scaled(double value, String unit) {
    int prefix = 0;
    double rest = value;
    while (rest >= 999.5 && prefix < DECIMAL_PREFIXES.length - 1) {
      rest /= 1000;
      prefix++;
    }
    String number =
        prefix == 0 && rest == Math.rint(rest)
            ? String.format(Locale.ROOT, "%.0f", rest)
            : digits(rest);
    return number + DECIMAL_PREFIXES[prefix] + unit;
  }

  private static String digits(double value) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
