package myriad.server.async;

import java.util.List;

/** Several failures that happened side by side. The stack traces of all are printed with it. */
public final class ExceptionGroup extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<Throwable> exceptions;

  ExceptionGroup(String message, List<Throwable> exceptions) {
    super("%s (%,d)".formatted(message, exceptions.size()));
    this.exceptions = List.copyOf(exceptions);
    exceptions.forEach(this::addSuppressed);
  }

  /** The failures, in the order in which they happened; one or more. */
  public List<Throwable> exceptions() {
    return exceptions;
  }
}
