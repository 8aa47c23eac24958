package myriad.server.async;

/** A coroutine that comes to nothing: written as an {@link Awaitable}, without a value. */
@FunctionalInterface
public interface Action {

  /** Runs to the end, suspending the current task as often as needed. */
  void run() throws Exception;

  /** The same as something to await; comes to null. */
  @SuppressWarnings("NullAway") // Void has no other value.
  default Awaitable<Void> asAwaitable() {
    return () -> {
      run();
      return null;
    };
  }
}
