package myriad.server.async;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many awaitables as one future of a list. */
final class Gather {

  private Gather() {}

  static <T> Future<List<T>> results(
      EventLoop loop, Collection<? extends Awaitable<? extends T>> all) {
    return gather(loop, all, true, Gather::resultOf);
  }

  static <T> Future<List<Outcome<T>>> outcomes(
      EventLoop loop, Collection<? extends Awaitable<? extends T>> all) {
    return gather(loop, all, false, Outcome::of);
  }

  private static <T, R> Future<List<R>> gather(
      EventLoop loop,
      Collection<? extends Awaitable<? extends T>> all,
      boolean failFast,
      Function<Future<? extends T>, R> toResult) {
    List<Future<? extends T>> children = asFutures(loop, all);
    GatheringFuture<T, R> gathered = new GatheringFuture<>(loop, children, failFast, toResult);
    if (children.isEmpty()) {
      gathered.setResult(List.of());
    }
    for (Future<? extends T> child : children) {
      child.addDoneCallback(gathered::childDone);
    }
    return gathered;
  }

  /** The same awaitable given twice runs once, and has its result in both places. */
  private static <T> List<Future<? extends T>> asFutures(
      EventLoop loop, Collection<? extends Awaitable<? extends T>> all) {
    IdentityHashMap<Awaitable<? extends T>, Future<? extends T>> known = new IdentityHashMap<>();
    List<Future<? extends T>> futures = new ArrayList<>();
    for (Awaitable<? extends T> awaitable : all) {
      futures.add(
          known.computeIfAbsent(
              awaitable,
              one -> one instanceof Future<? extends T> made ? made : loop.createTask(one)));
    }
    return futures;
  }

  private static <T> T resultOf(Future<? extends T> succeeded) {
    try {
      return succeeded.result();
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Cancelling it asks its children to stop, and waits for what they make of that. */
  private static final class GatheringFuture<T, R> extends Future<List<R>> {
    private final List<Future<? extends T>> children;
    private final boolean failFast;
    private final Function<Future<? extends T>, R> toResult;
    private int left;
    private boolean cancelRequested;
    private @Nullable String cancelMessage;

    GatheringFuture(
        EventLoop loop,
        List<Future<? extends T>> children,
        boolean failFast,
        Function<Future<? extends T>, R> toResult) {
      super(loop);
      this.children = children;
      this.failFast = failFast;
      this.toResult = toResult;
      this.left = children.size();
    }

    @Override
    public boolean cancel(@Nullable String message) {
      if (isDone()) {
        return false;
      }
      for (Future<? extends T> child : children) {
        if (child.cancel(message)) {
          cancelRequested = true;
          cancelMessage = message;
        }
      }
      return cancelRequested;
    }

    private void childDone(Future<? extends T> child) {
      left--;
      if (isDone()) {
        markRetrieved(child);
        return;
      }
      Throwable failure = failFast ? failureOf(child) : null;
      if (failure != null) {
        setException(failure);
      } else if (left == 0 && cancelRequested) {
        setException(new CancelledError(cancelMessage));
      } else if (left == 0) {
        List<R> results = new ArrayList<>(children.size());
        children.forEach(done -> results.add(toResult.apply(done)));
        setResult(results);
      }
    }

    private static @Nullable Throwable failureOf(Future<?> child) {
      return child.isCancelled() ? child.newCancelledError() : child.exception();
    }

    /** One failure was passed on; the others are not reported as never retrieved. */
    private static void markRetrieved(Future<?> child) {
      if (!child.isCancelled()) {
        child.exception();
      }
    }

    @Override
    String describe() {
      return "gather of %,d".formatted(children.size());
    }
  }
}
