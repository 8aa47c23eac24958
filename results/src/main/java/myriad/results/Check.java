package myriad.results;

/**
 * One thing that was judged, for a person to read and for a build to act on.
 *
 * @param subject what was judged, such as {@code epoll, 1,000 connections, repeat 1}
 * @param name by what, such as {@code p99<5ms}
 * @param detail the measured value, or why there is none; one line
 */
public record Check(String subject, String name, Status status, String detail) {

  /** What came of it. */
  public enum Status {
    PASS("✓"),
    FAIL("✗"),
    /** The data does not decide. */
    INCONCLUSIVE("?"),
    /** The measurement cannot be trusted, or was cut short: it never passes. */
    INVALID("✗"),
    /** There was nothing to judge: it could not run here. */
    SKIPPED("-");

    private final String mark;

    Status(String mark) {
      this.mark = mark;
    }

    /** A sign for the start of a line. */
    public String mark() {
      return mark;
    }
  }

  /** {@code ✓ epoll, 1,000 connections, repeat 1: p99<5ms (2.1 ms)}. */
  public String line() {
    return "%s %s: %s (%s)".formatted(status.mark(), subject, name, detail);
  }
}
