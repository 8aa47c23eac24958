package myriad.cli;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import myriad.results.Check;

/** Checks as lines for a terminal: a mark, what was checked, what was measured. */
final class CheckLines {

  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RESET = "\u001b[0m";

  private CheckLines() {}

  /**
   * A line for each, or several where a terminal is narrower.
   *
   * @param width of the terminal; empty if it is none
   */
  static String render(List<Check> checks, boolean colours, OptionalInt width) {
    return checks.stream()
        .map(
            check -> {
              String line = WrappedText.wrap(List.of(check.line()), width);
              return colours ? colour(check.status()) + line + RESET : line;
            })
        .collect(Collectors.joining("\n"));
  }

  private static String colour(Check.Status status) {
    return switch (status) {
      case PASS -> GREEN;
      case FAIL, INVALID -> RED;
      case INCONCLUSIVE, SKIPPED -> YELLOW;
    };
  }
}
