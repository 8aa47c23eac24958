package myriad.cli;

import java.util.List;
import java.util.stream.Collectors;
import myriad.results.Check;

/** Checks as lines for a terminal: a mark, what was checked, what was measured. */
final class CheckLines {

  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RESET = "\u001b[0m";

  private CheckLines() {}

  static String render(List<Check> checks, boolean colours) {
    return checks.stream()
        .map(check -> colours ? colour(check.status()) + check.line() + RESET : check.line())
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
