package myriad.results;

import java.util.List;

/**
 * Whether the figures of a run can be trusted.
 *
 * @param kind what the figures are worth
 * @param reasons why, where {@code kind} is not {@link Kind#VALID}; each one line: what is amiss, a
 *     colon, the measured value and the limit it broke
 */
public record Verdict(Kind kind, List<String> reasons) {

  public Verdict {
    reasons = List.copyOf(reasons);
  }

  public static Verdict valid() {
    return new Verdict(Kind.VALID, List.of());
  }

  /** What is amiss, for where there is no room for a whole reason. */
  public static String headline(String reason) {
    return reason.split(":", 2)[0];
  }

  /** What the figures of a run are worth. */
  public enum Kind {
    /** They describe the target. */
    VALID,
    /** The generator or the host was the bottleneck: they do not describe the target. */
    INVALID,
    /** There are none: the run was skipped, or ended before anything was measured. */
    NONE
  }
}
