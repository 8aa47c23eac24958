package myriad.server.async;

import java.util.ArrayList;
import java.util.Collection;
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
    List<Future<? extends T>> children = Futures.of(loop, all);
    GatheringFuture<T, R> gathered = new GatheringFuture<>(loop, children, failFast, toResult);
    if (children.isEmpty()) {
      gathered.setResult(List.of());
    }
    children.stream().filter(child -> !child.isDone()).forEach(gathered::watch);
    children.stream().filter(Future::isDone).forEach(gathered::childDone);
    return gathered;
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
      loop().requireOwnThread();
      if (isDone()) {
        return false;
      }
      boolean anyAsked = false;
      for (Future<? extends T> child : children) {
        anyAsked |= child.cancel(message);
      }
      if (anyAsked) {
        cancelRequested = true;
        cancelMessage = message;
      }
      return anyAsked;
    }

    private void watch(Future<? extends T> child) {
      child.addDoneCallback(this::childDone);
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
