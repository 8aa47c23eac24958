package myriad.server.async;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A limit on how long a stretch of a task may take. When it expires, the task is cancelled where it
 * awaits; at the end of the stretch that cancellation, and no other, becomes a {@link
 * TimeoutException}. Limits nest: an inner one never swallows what an outer one, or somebody else,
 * asked for.
 */
public final class Timeout {

  /** A stretch of a task; may move its limit. */
  @FunctionalInterface
  public interface Body<T> {
    T run(Timeout timeout) throws Exception;
  }

  private final Task<?> task;
  private final int cancelRequestsBefore;
  private @Nullable Duration limit;
  private boolean moved;
  private @Nullable Handle expiry;
  private boolean expiring;
  private boolean ended;

  private Timeout(Task<?> task) {
    this.task = task;
    this.cancelRequestsBefore = task.cancelling();
  }

  /**
   * Runs {@code body} within the current task, for {@code limit} at most.
   *
   * @param limit null for none, until {@link #reschedule}
   * @throws TimeoutException if the limit expired
   * @throws Exception what the body threw, itself
   */
  public static <T> T call(@Nullable Duration limit, Body<T> body) throws Exception {
    Timeout timeout = new Timeout(Task.current("timeout"));
    timeout.schedule(limit);
    try {
      T value = body.run(timeout);
      timeout.end();
      return value;
    } catch (CancelledError cancelled) {
      if (timeout.end()) {
        throw (TimeoutException) new TimeoutException(timeout.verdict()).initCause(cancelled);
      }
      throw cancelled;
    } catch (Throwable failure) {
      timeout.end();
      throw failure;
    }
  }

  static <T> T waitFor(Awaitable<T> awaitable, Duration limit) throws Exception {
    if (limit.isPositive()) {
      return call(limit, timeout -> awaitable.await());
    }
    Future<T> future = Async.ensureFuture(awaitable);
    if (future.isDone()) {
      return future.result();
    }
    future.requireLoop(EventLoop.running());
    future.cancel();
    Waiting.wait(List.of(future), ReturnWhen.ALL_COMPLETED, null);
    try {
      return future.result();
    } catch (CancelledError cancelled) {
      throw (TimeoutException)
          new TimeoutException("not done when waiting began").initCause(cancelled);
    }
  }

  /**
   * Moves the limit to {@code limit} from now; null for none.
   *
   * @throws IllegalStateException if it has expired, or its stretch is over
   */
  public void reschedule(@Nullable Duration limit) {
    if (ended || expiring) {
      throw new IllegalStateException(
          "the timeout is over or has expired: reschedule it inside its body, before it expires");
    }
    moved = true;
    schedule(limit);
  }

  /** No time at all expires before the task goes on, even if it only gives way for a turn. */
  private void schedule(@Nullable Duration limit) {
    if (expiry != null) {
      expiry.cancel();
    }
    this.limit = limit;
    if (limit == null) {
      expiry = null;
    } else if (limit.isPositive()) {
      expiry = task.loop().callLater(limit, this::expire);
    } else {
      expiry = task.loop().callSoon(this::expire);
    }
  }

  private String verdict() {
    return (moved ? "timed out %s after the limit was moved" : "timed out after %s")
        .formatted(limit);
  }

  /** Whether the limit was exceeded. */
  public boolean isExpired() {
    return expiring;
  }

  private void expire() {
    expiring = true;
    task.cancel();
  }

  /** Takes back the request of an expired limit; whether no other cancel request remains. */
  private boolean end() {
    ended = true;
    if (expiry != null) {
      expiry.cancel();
    }
    return expiring && task.uncancel() <= cancelRequestsBefore;
  }
}
