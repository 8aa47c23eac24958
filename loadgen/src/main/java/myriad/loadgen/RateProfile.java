package myriad.loadgen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A rate that changes over time, in pieces on which it is constant or changes linearly. Immutable.
 *
 * <p>Its integral, the number of messages due since the start, is what schedules are made from: the
 * message with number {@code n} is due when the integral reaches {@code n}. On a piece that begins
 * with rate {@code a} and changes by {@code s} a second, the integral is {@code a t + s t²/2}, and
 * its inverse is found in closed form.
 */
public final class RateProfile {

  /** No rate is higher, in messages a second. */
  public static final double HIGHEST_PER_SECOND = 1e9;

  private static final double NS = 1e9;

  private final List<Piece> pieces;
  private final Map<String, String> description;

  private RateProfile(List<Piece> pieces, Map<String, String> description) {
    this.pieces = List.copyOf(pieces);
    this.description = description;
  }

  /** The same rate for ever. */
  public static RateProfile constant(double perSecond) {
    return constant("--rate", perSecond);
  }

  /**
   * Likewise.
   *
   * @param option by which the rate was given
   */
  public static RateProfile constant(String option, double perSecond) {
    requireRate(option, perSecond, Double.MIN_VALUE);
    return new RateProfile(
        List.of(new Piece(0, 0, perSecond, 0)), Map.of("rate", OptionText.rate(perSecond)));
  }

  /**
   * One stage after the other; from the end of the last nothing is due.
   *
   * @param ramping whether the rate changes linearly over a stage, from the rate of the stage
   *     before (from 0 in the first) to the stage's own; else it is the stage's own from its start
   */
  public static RateProfile stages(List<Stage> stages, boolean ramping) {
    return new RateProfile(
        pieces("--stages", stages, ramping, false),
        Map.of("stages", text(stages), "stage-shape", ramping ? "ramp" : "step"));
  }

  /**
   * As {@link #stages}, but the rate of the last stage goes on for ever.
   *
   * @param option by which the stages were given
   */
  static RateProfile endlessStages(String option, List<Stage> stages, boolean ramping) {
    return new RateProfile(pieces(option, stages, ramping, true), Map.of());
  }

  /** Stages as a user types them. */
  static String text(List<Stage> stages) {
    return stages.stream()
        .map(s -> OptionText.duration(s.length) + ":" + OptionText.rate(s.perSecond))
        .collect(Collectors.joining(","));
  }

  private static List<Piece> pieces(
      String option, List<Stage> stages, boolean ramping, boolean endless) {
    List<Piece> pieces = new ArrayList<>();
    double startSeconds = 0;
    double before = 0;
    double ratePerSecond = 0;
    for (Stage stage : stages) {
      double seconds = stage.length.toNanos() / NS;
      double fromRate = ramping ? ratePerSecond : stage.perSecond;
      Piece piece =
          new Piece(startSeconds, before, fromRate, (stage.perSecond - fromRate) / seconds);
      pieces.add(piece);
      startSeconds += seconds;
      before = piece.countAfter(seconds);
      ratePerSecond = stage.perSecond;
    }
    if (!(before > 0)) {
      throw new InvalidPlanException(option, text(stages), "at least one rate over 0");
    }
    pieces.add(new Piece(startSeconds, before, endless ? ratePerSecond : 0, 0));
    return pieces;
  }

  /** The rate at a time since the start, in messages a second. */
  public double perSecondAt(Duration sinceStart) {
    double seconds = sinceStart.toNanos() / NS;
    Piece at = pieces.getFirst();
    for (Piece piece : pieces) {
      if (piece.startSeconds <= seconds) {
        at = piece;
      }
    }
    return at.perSecond + at.slope * (seconds - at.startSeconds);
  }

  /** Messages due from the start until a time since the start. */
  public double countUntil(Duration sinceStart) {
    double seconds = sinceStart.toNanos() / NS;
    double count = 0;
    for (Piece piece : pieces) {
      if (piece.startSeconds <= seconds) {
        count = piece.countAfter(seconds - piece.startSeconds);
      }
    }
    return count;
  }

  /** Messages due in all; infinite if it never ends. */
  double total() {
    Piece last = pieces.getLast();
    return last.perSecond > 0 ? Double.POSITIVE_INFINITY : last.before;
  }

  /** The profile as options of the command line. */
  Map<String, String> describe() {
    return description;
  }

  int pieceCount() {
    return pieces.size();
  }

  /** The messages due before the piece begins. */
  double countBefore(int piece) {
    return pieces.get(piece).before;
  }

  /**
   * When {@code count} messages are due, in nanoseconds since the start; infinite if never.
   *
   * @param piece the one on which that happens
   */
  double nanosUntil(double count, int piece) {
    return pieces.get(piece).secondsUntil(count) * NS;
  }

  /**
   * One stage of a profile.
   *
   * @param perSecond the rate at its end
   */
  public record Stage(Duration length, double perSecond) {
    public Stage {
      if (length.isNegative() || length.isZero() || length.compareTo(LoadPlan.LONGEST) > 0) {
        throw new InvalidPlanException("a stage", length, "a length over 0s, at most 7 days");
      }
      requireRate("a stage", perSecond, 0);
    }
  }

  private static void requireRate(String option, double perSecond, double least) {
    if (!(perSecond >= least && perSecond <= HIGHEST_PER_SECOND)) {
      throw new InvalidPlanException(
          option, perSecond, (least > 0 ? "more than 0" : "0 or more") + ", at most 1e9/s");
    }
  }

  /**
   * A piece on which the rate is linear.
   *
   * @param before messages due before it
   * @param perSecond rate at its start
   * @param slope change of the rate a second
   */
  private record Piece(double startSeconds, double before, double perSecond, double slope) {

    double countAfter(double seconds) {
      return before + perSecond * seconds + slope * seconds * seconds / 2;
    }

    double secondsUntil(double count) {
      double wanted = count - before;
      if (slope == 0) {
        return perSecond == 0 ? Double.POSITIVE_INFINITY : startSeconds + wanted / perSecond;
      }
      if (wanted <= 0) {
        return startSeconds;
      }
      // The root of s/2 t² + a t - n = 0 that stays exact where s is small.
      double root = Math.sqrt(Math.max(0, perSecond * perSecond + 2 * slope * wanted));
      return startSeconds + 2 * wanted / (perSecond + root);
    }
  }
}
