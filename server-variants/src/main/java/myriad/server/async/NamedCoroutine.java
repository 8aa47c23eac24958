package myriad.server.async;

import org.jspecify.annotations.Nullable;

/** A coroutine that is awaited once, and missed if it never is. */
final class NamedCoroutine<T> implements Awaitable<T> {

  private final String name;
  private final Awaitable<T> body;
  private final ErrorReporter.@Nullable Watched unawaited;
  private boolean awaited;

  NamedCoroutine(EventLoop loop, String name, Awaitable<T> body) {
    this.name = name;
    this.body = body;
    this.unawaited =
        loop.isDebug()
            ? loop.errors()
                .watch(
                    this,
                    new ErrorReport(
                        "coroutine never awaited", null, name, new Throwable("made here")))
            : null;
  }

  @Override
  public T await() throws Exception {
    if (awaited) {
      throw new IllegalStateException(
          "coroutine %s was awaited already: make another, or await one task of it"
              .formatted(name));
    }
    awaited = true;
    if (unawaited != null) {
      unawaited.settle();
    }
    return body.await();
  }

  @Override
  public String toString() {
    return "coroutine " + name;
  }
}
