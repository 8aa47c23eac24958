package myriad.loadgen;

import java.time.Duration;

/** A plan that cannot be run as told: names the option, the value, and what it takes. */
public final class InvalidPlanException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public InvalidPlanException(String option, Object value, String takes) {
    super("%s is %s; it takes %s".formatted(option, asTyped(value), takes));
  }

  private static Object asTyped(Object value) {
    return switch (value) {
      case Duration length -> OptionText.duration(length);
      case Double rate -> OptionText.rate(rate);
      default -> value;
    };
  }
}
