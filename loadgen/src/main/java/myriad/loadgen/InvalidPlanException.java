package myriad.loadgen;

/** A plan that cannot be run as told: names the option, the value, and what it takes. */
public final class InvalidPlanException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public InvalidPlanException(String option, Object value, String takes) {
    super("%s is %s; it takes %s".formatted(option, value, takes));
  }
}
