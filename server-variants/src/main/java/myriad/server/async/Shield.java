package myriad.server.async;

import java.util.function.Consumer;

/** A future whose cancellation stays outside. */
final class Shield {

  private Shield() {}

  static <T> Future<T> of(Future<T> inner) {
    if (inner.isDone()) {
      return inner;
    }
    Future<T> outer = inner.loop().createFuture();
    Consumer<Future<T>> passOn = done -> passOn(done, outer);
    inner.addDoneCallback(passOn);
    outer.addDoneCallback(
        done -> {
          if (!inner.isDone()) {
            inner.removeDoneCallback(passOn);
          }
        });
    return outer;
  }

  private static <T> void passOn(Future<T> inner, Future<T> outer) {
    if (inner.isCancelled()) {
      outer.cancel(inner.newCancelledError().getMessage());
      return;
    }
    Throwable failure = inner.exception();
    if (outer.isDone()) {
      return;
    }
    if (failure != null) {
      outer.setException(failure);
    } else {
      outer.setResult(Outcome.of(inner).value());
    }
  }
}
