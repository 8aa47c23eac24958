package myriad.loadgen;

/** This host cannot carry the plan: says what is short, the value, and the remedy, in one line. */
public final class HostLimitException extends Exception {

  private static final long serialVersionUID = 1L;

  public HostLimitException(String message) {
    super(message);
  }
}
