package myriad.server.async;

/** What to do with a throwable that a coroutine ended with. */
final class Failures {

  private Failures() {}

  /** The throwable as an exception to throw; throws it right away where it is an error. */
  static Exception asException(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof Exception exception) {
      return exception;
    }
    return new IllegalStateException(failure);
  }

  /**
   * Whether the JVM itself is in trouble, so that the loop must end as well. A stack overflow is
   * the fault of one coroutine.
   */
  static boolean isFatal(Throwable failure) {
    return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
  }
}
