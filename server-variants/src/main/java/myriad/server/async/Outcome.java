package myriad.server.async;

import org.jspecify.annotations.Nullable;

/**
 * What one of several gathered awaitables came to.
 *
 * @param value its result; null if it failed
 * @param exception its exception, or the {@link CancelledError} if it was cancelled; null if it has
 *     a result
 */
public record Outcome<T>(@Nullable T value, @Nullable Throwable exception) {

  static <T> Outcome<T> of(Future<? extends T> done) {
    if (done.isCancelled()) {
      return new Outcome<>(null, done.newCancelledError());
    }
    try {
      return new Outcome<>(done.result(), null);
    } catch (Throwable failure) {
      return new Outcome<>(null, failure);
    }
  }

  public boolean isSuccess() {
    return exception == null;
  }
}
