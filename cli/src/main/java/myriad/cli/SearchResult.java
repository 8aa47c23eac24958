package myriad.cli;

import java.util.List;
import java.util.function.Predicate;
import myriad.cli.CapacitySearch.Outcome;
import myriad.cli.CapacitySearch.Try;

/**
 * What a search found.
 *
 * @param confirmed the highest value that met the objective in the longer runs too; 0 if none did
 * @param best the highest value that met it at all, and was not refuted; 0 if none did
 * @param ending why no higher value was tried
 * @param tries every run, in order
 */
record SearchResult(long confirmed, long best, Ending ending, List<Try> tries) {

  /** Why a search ended where it did. */
  enum Ending {
    /** At the next higher value most runs were VALID, and the target did not meet the objective. */
    TARGET,
    /** At the next higher value the generator or the host was the bottleneck of half or more. */
    GENERATOR,
    /** The highest value that was allowed meets the objective. */
    LIMIT,
    /** No connection to the target could be made, or none any more. */
    UNREACHABLE,
    /** Likewise, for want of something that the generator's host did not have. */
    HOST_LIMIT,
    INTERRUPTED
  }

  SearchResult {
    tries = List.copyOf(tries);
  }

  /** What ended the search at the lowest value that was refuted; empty if nothing did. */
  String lastMiss() {
    Predicate<Outcome> telling =
        ending == Ending.GENERATOR ? Outcome::isOfGenerator : Outcome::isOfTarget;
    return tries.stream()
        .filter(each -> each.value() > best && telling.test(each.outcome()))
        .reduce((one, other) -> other.value() <= one.value() ? other : one)
        .map(each -> "at %s %s".formatted(Figures.count(each.value()), each.detail()))
        .orElse("");
  }

  /** What the command ends with. */
  ExitCode exitCode() {
    return switch (ending) {
      case INTERRUPTED -> ExitCode.INTERRUPTED;
      case GENERATOR -> ExitCode.INVALID;
      case UNREACHABLE -> ExitCode.TARGET_FAILED;
      case HOST_LIMIT -> ExitCode.HOST_LIMIT;
      case TARGET, LIMIT -> confirmed > 0 ? ExitCode.OK : ExitCode.TARGET_FAILED;
    };
  }
}
