package myriad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds the highest value at which an objective is met: doubles until it is not, halves the gap in
 * between until that is small, and has what was found confirmed by longer runs.
 *
 * <p>One run on a busy host may fail by chance, so a value counts as missed only after several
 * tries in a row. One that passed by chance does not stand the confirmation, where most of as many
 * tries must meet the objective; then what was found below it is confirmed instead, and the gap in
 * between is halved by longer runs. If there is nothing below, the search goes on there.
 *
 * <p>Where no connection can be made, no value would be met, and the search ends: at the first try,
 * or after several in a row if there were connections before, as a target may be starting again.
 *
 * <p>Used by one thread.
 */
final class CapacitySearch {

  /** Why a value is tried. */
  enum Step {
    DOUBLING,
    HALVING,
    CONFIRMATION
  }

  /** What a try shows. */
  enum Outcome {
    MET,
    /** The target did not meet the objective. */
    MISSED,
    /** The generator or the host was the bottleneck: nothing is known of the target. */
    INVALID,
    /** Not one connection could be made to the target. */
    UNREACHABLE,
    /** The generator's host had nothing for a single connection. */
    HOST_LIMIT,
    /** The user does not want to go on. */
    INTERRUPTED;

    boolean isOfTarget() {
      return this == MISSED || this == UNREACHABLE;
    }

    boolean isOfGenerator() {
      return this == INVALID || this == HOST_LIMIT;
    }

    boolean isWithoutConnection() {
      return this == UNREACHABLE || this == HOST_LIMIT;
    }
  }

  /**
   * What a try showed.
   *
   * @param detail the figure, or why there is none; one line
   */
  record Finding(Outcome outcome, String detail) {}

  /**
   * One run.
   *
   * @param attempt at this value in this step, from 1
   */
  record Try(Step step, long value, int attempt, Outcome outcome, String detail) {}

  /** Makes a run at a value. */
  @FunctionalInterface
  interface Trial {
    Finding at(Step step, long value, int attempt) throws Exception;
  }

  /**
   * Where and how it is searched.
   *
   * @param from value tried first
   * @param to no value is higher
   * @param precision share of the value found by which it may be too low
   * @param repeats tries, none of which meets the objective, after which a value counts as missed;
   *     and tries, most of which must meet it, that confirm one
   */
  record Range(long from, long to, double precision, int repeats) {}

  private final Range range;
  private final Trial trial;
  private final List<Try> tries = new ArrayList<>();
  private final TreeSet<Long> met = new TreeSet<>();
  private long missed;
  private long confirmed;
  private Outcome lastOutcome = Outcome.MET;
  private boolean hadConnections;
  private int triesWithoutConnection;

  CapacitySearch(Range range, Trial trial) {
    this.range = range;
    this.trial = trial;
  }

  /**
   * Searches. What a trial throws ends the search; {@link #result} tells what was found by then.
   */
  void run() throws Exception {
    climb();
    while (confirmed == 0 && descend()) {
      halve();
      confirm();
    }
  }

  SearchResult result() {
    return new SearchResult(confirmed, best(), ending(), tries);
  }

  /** Doubles from the first value until one is missed, or none is higher. */
  private void climb() throws Exception {
    long value = range.from;
    while (isMet(Step.DOUBLING, value) && value < range.to) {
      value = Math.min(range.to, value * 2);
    }
  }

  /** Where no value is met, halves the lowest that was missed until one is; whether one is. */
  private boolean descend() throws Exception {
    while (met.isEmpty() && missed > 1 && !hasEnded()) {
      isMet(Step.DOUBLING, missed / 2);
    }
    return !met.isEmpty() && !hasEnded();
  }

  private void halve() throws Exception {
    while (!met.isEmpty() && hasGapAbove(met.last()) && !hasEnded()) {
      isMet(Step.HALVING, between(met.last(), missed));
    }
  }

  /** Whether a value that was missed leaves room above {@code low} for one worth trying. */
  private boolean hasGapAbove(long low) {
    return missed > low * (1 + range.precision) && between(low, missed) > low;
  }

  /** Confirms the highest value, or else the one below, and then what may lie in between. */
  private void confirm() throws Exception {
    while (!met.isEmpty() && !hasEnded() && confirmed == 0) {
      long highest = met.last();
      confirmed = isConfirmed(highest) ? highest : 0;
    }
    while (confirmed > 0 && hasGapAbove(confirmed) && !hasEnded()) {
      long middle = between(confirmed, missed);
      if (isConfirmed(middle)) {
        met.add(middle);
        confirmed = middle;
      }
    }
  }

  private boolean isMet(Step step, long value) throws Exception {
    for (int attempt = 1; attempt <= range.repeats && !hasEnded(); attempt++) {
      if (tryAt(step, value, attempt) == Outcome.MET) {
        met.add(value);
        return true;
      }
    }
    missed = hasEnded() ? missed : value;
    return false;
  }

  /** Whether most tries meet the objective; ends as soon as that is decided. */
  private boolean isConfirmed(long value) throws Exception {
    int missing = range.repeats / 2 + 1;
    for (int left = range.repeats; left >= missing; left--) {
      Outcome outcome = tryAt(Step.CONFIRMATION, value, range.repeats - left + 1);
      if (hasEnded()) {
        return false;
      }
      missing -= outcome == Outcome.MET ? 1 : 0;
      if (missing == 0) {
        return true;
      }
    }
    met.remove(value);
    missed = value;
    return false;
  }

  private Outcome tryAt(Step step, long value, int attempt) throws Exception {
    Finding finding = trial.at(step, value, attempt);
    tries.add(new Try(step, value, attempt, finding.outcome, finding.detail));
    lastOutcome = finding.outcome;
    triesWithoutConnection = lastOutcome.isWithoutConnection() ? triesWithoutConnection + 1 : 0;
    hadConnections |= !lastOutcome.isWithoutConnection();
    return finding.outcome;
  }

  private boolean hasEnded() {
    return lastOutcome == Outcome.INTERRUPTED
        || triesWithoutConnection >= (hadConnections ? range.repeats : 1);
  }

  private long best() {
    return met.isEmpty() ? 0 : met.last();
  }

  private SearchResult.Ending ending() {
    if (hasEnded()) {
      return switch (lastOutcome) {
        case UNREACHABLE -> SearchResult.Ending.UNREACHABLE;
        case HOST_LIMIT -> SearchResult.Ending.HOST_LIMIT;
        default -> SearchResult.Ending.INTERRUPTED;
      };
    }
    if (missed == 0) {
      return SearchResult.Ending.LIMIT;
    }
    return triesAtMissed(Outcome::isOfGenerator) >= triesAtMissed(Outcome::isOfTarget)
        ? SearchResult.Ending.GENERATOR
        : SearchResult.Ending.TARGET;
  }

  private long triesAtMissed(Predicate<Outcome> which) {
    return tries.stream().filter(each -> each.value == missed && which.test(each.outcome)).count();
  }

  /** The middle in few digits, as nobody needs 10,937; at least {@code low}. */
  private static long between(long low, long high) {
    long middle = low + (high - low) / 2;
    long unit = 1;
    while (middle / unit >= 1_000) {
      unit *= 10;
    }
    long rounded = middle / unit * unit;
    return rounded > low ? rounded : middle;
  }
}
