package myriad.server.async;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A result that is not there yet. Belongs to one loop, and is touched by that loop's thread only,
 * or by any one thread while the loop does not run; another thread uses {@link
 * EventLoop#callSoonThreadsafe}.
 *
 * <p>Done callbacks are run by the loop in a later turn, never by the call that completes the
 * future.
 *
 * @param <T> the type of the result; {@code Void} where only the moment matters
 */
public class Future<T> implements Awaitable<T> {

  private enum State {
    PENDING,
    RESULT,
    FAILED,
    CANCELLED
  }

  private final EventLoop loop;
  private State state = State.PENDING;

  /** The result, the exception, or the {@link CancelledError}. */
  private @Nullable Object outcome;

  /** Null, one {@link Handle}, or a list of them: nearly every future has at most one. */
  private @Nullable Object callbacks;

  /** Reports an exception that nobody asked for. */
  private ErrorReporter.@Nullable Watched unretrieved;

  private final @Nullable Throwable origin;

  Future(EventLoop loop) {
    this.loop = loop;
    this.origin = loop.debug().originOfFuture();
  }

  public final EventLoop loop() {
    return loop;
  }

  /** Refuses to be waited for on another loop, which would never hear of its end. */
  final void requireLoop(EventLoop waiting) {
    if (loop != waiting) {
      throw new IllegalStateException(
          this
              + " belongs to another loop: reach it with that loop's submit, and wait for what it"
              + " returns in runInExecutor");
    }
  }

  /** Has a result, an exception, or was cancelled. */
  public final boolean isDone() {
    return state != State.PENDING;
  }

  public final boolean isCancelled() {
    return state == State.CANCELLED;
  }

  final boolean hasFailed() {
    return state == State.FAILED;
  }

  /**
   * What the future came to.
   *
   * @throws Exception the exception it came to, itself
   * @throws CancelledError if it was cancelled
   * @throws InvalidStateException if it is not done
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // Whether T may be null is for T's owner to say.
  public final T result() throws Exception {
    return switch (state) {
      case RESULT -> (T) outcome;
      case FAILED -> throw Failures.asException(retrieved());
      case CANCELLED -> throw newCancelledError();
      case PENDING ->
          throw new InvalidStateException(this + " has no result yet: await it, or ask isDone()");
    };
  }

  /**
   * The exception that the future came to; null if it has a result. Counts as having asked: it will
   * not be reported as never retrieved.
   *
   * @throws CancelledError if it was cancelled
   * @throws InvalidStateException if it is not done
   */
  public final @Nullable Throwable exception() {
    return switch (state) {
      case RESULT -> null;
      case FAILED -> retrieved();
      case CANCELLED -> throw newCancelledError();
      case PENDING ->
          throw new InvalidStateException(this + " is not done: await it, or ask isDone()");
    };
  }

  /** Completes the future, and schedules its callbacks. */
  public void setResult(@Nullable T value) {
    complete(State.RESULT, value);
  }

  /** Fails the future, and schedules its callbacks. */
  public void setException(Throwable exception) {
    complete(State.FAILED, exception);
    unretrieved =
        loop.errors()
            .watch(
                this, new ErrorReport("exception never retrieved", exception, toString(), origin));
  }

  /** Cancels without a message. */
  public final boolean cancel() {
    return cancel(null);
  }

  /**
   * Cancels the future, and schedules its callbacks. For a {@link Task} it is a request.
   *
   * @param message the message of the {@link CancelledError} that awaiting it throws
   * @return false if it was done already
   */
  public boolean cancel(@Nullable String message) {
    loop.requireOwnThread();
    if (isDone()) {
      return false;
    }
    complete(State.CANCELLED, new CancelledError(message));
    return true;
  }

  /** Ends a task with the error that ended its coroutine. */
  final void cancelledBy(CancelledError error) {
    complete(State.CANCELLED, error);
  }

  /**
   * Has the loop run {@code callback} once the future is done; at the next turn if it is already.
   * Runs in a copy of the current context.
   */
  public final void addDoneCallback(Consumer<? super Future<T>> callback) {
    addDoneCallback(callback, loop.context().copy());
  }

  /** As {@link #addDoneCallback(Consumer)}, in the given context. */
  public final void addDoneCallback(Consumer<? super Future<T>> callback, Context context) {
    loop.requireOwnThread();
    notifyDone(new Handle(loop, new DoneCallback<>(callback, this), context));
  }

  /**
   * Takes a callback off again.
   *
   * @return how many times it had been added
   */
  public final int removeDoneCallback(Consumer<? super Future<T>> callback) {
    loop.requireOwnThread();
    List<Handle> kept = new ArrayList<>();
    int removed = 0;
    for (Handle handle : handles()) {
      if (handle.callback() instanceof DoneCallback<?> done && done.consumer().equals(callback)) {
        removed++;
      } else {
        kept.add(handle);
      }
    }
    callbacks = kept.isEmpty() ? null : kept;
    return removed;
  }

  /** Schedules {@code handle} when the future is done. */
  final void notifyDone(Handle handle) {
    if (isDone()) {
      loop.enqueue(handle);
    } else if (callbacks == null) {
      callbacks = handle;
    } else {
      List<Handle> all = handles();
      all.add(handle);
      callbacks = all;
    }
  }

  /** Makes a future that is done, and that nobody else refers to, wait again. */
  final void reopen() {
    if (!isDone()) {
      throw new AssertionError(this + " is waited for");
    }
    state = State.PENDING;
    outcome = null;
  }

  /** Takes a handle off that {@link #notifyDone} was given. */
  final void forget(Handle handle) {
    List<Handle> kept = handles();
    kept.remove(handle);
    callbacks = kept.isEmpty() ? null : kept;
  }

  /**
   * Suspends the current task until the future is done. Cancelling the task while it waits cancels
   * the future.
   *
   * @throws IllegalStateException outside a task, or in a task of another loop
   */
  @Override
  public final T await() throws Exception {
    if (!isDone()) {
      Task.current("await").suspendOn(this);
    }
    return result();
  }

  /** A new error each time, so that one that is thrown twice shows both places. */
  final CancelledError newCancelledError() {
    if (outcome instanceof CancelledError first) {
      return new CancelledError(first.getMessage(), first);
    }
    throw new AssertionError(outcome);
  }

  /** Whether awaiting it throws a {@link CancelledError}. Does not count as having asked. */
  final boolean endedInCancelledError() {
    return outcome instanceof CancelledError && state != State.RESULT;
  }

  final @Nullable Throwable origin() {
    return origin;
  }

  private void complete(State end, @Nullable Object what) {
    loop.requireOwnThread();
    if (isDone()) {
      throw new InvalidStateException(
          this + " is done already: complete a future once, or ask isDone() first");
    }
    state = end;
    outcome = what;
    Object waiting = callbacks;
    callbacks = null;
    if (waiting instanceof Handle one) {
      loop.enqueue(one);
    } else if (waiting instanceof List<?> several) {
      several.forEach(handle -> loop.enqueue((Handle) handle));
    }
  }

  @SuppressWarnings("unchecked") // Only notifyDone and removeDoneCallback store lists.
  private List<Handle> handles() {
    if (callbacks instanceof List<?> list) {
      return (List<Handle>) list;
    }
    List<Handle> single = new ArrayList<>(2);
    if (callbacks instanceof Handle handle) {
      single.add(handle);
    }
    return single;
  }

  private Throwable retrieved() {
    if (unretrieved != null) {
      unretrieved.settle();
      unretrieved = null;
    }
    if (outcome instanceof Throwable exception) {
      return exception;
    }
    throw new AssertionError(outcome);
  }

  @Override
  public String toString() {
    return switch (state) {
      case PENDING -> describe() + "[pending]";
      case RESULT -> describe() + "[result=" + outcome + "]";
      case FAILED -> describe() + "[exception=" + outcome + "]";
      case CANCELLED -> describe() + "[cancelled]";
    };
  }

  String describe() {
    return "Future";
  }

  private record DoneCallback<T>(Consumer<? super Future<T>> consumer, Future<T> future)
      implements Runnable {
    @Override
    public void run() {
      consumer.accept(future);
    }
  }
}
