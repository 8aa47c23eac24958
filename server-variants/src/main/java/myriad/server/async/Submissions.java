package myriad.server.async;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Coroutines that other threads gave to a loop, until their outcome is with who asked. Each comes
 * to an end: with its coroutine, with its loop, or because who asked has enough of it.
 */
final class Submissions {

  private final EventLoop loop;
  private final Set<Submission<?>> outstanding = ConcurrentHashMap.newKeySet();

  Submissions(EventLoop loop) {
    this.loop = loop;
  }

  /** Called by any thread. */
  <T> CompletableFuture<T> submit(Awaitable<T> coroutine) {
    Submission<T> submission = new Submission<>(coroutine);
    outstanding.add(submission);
    submission.watchForEnd();
    loop.callSoonThreadsafe(submission::start);
    if (loop.isClosed()) {
      // It was closed in the meantime, and may have looked at the outstanding ones before.
      submission.failAsClosed();
    }
    return submission.outcome;
  }

  /** Called once the loop is closed. */
  void failAll() {
    outstanding.forEach(Submission::failAsClosed);
  }

  private final class Submission<T> {
    private final Awaitable<T> coroutine;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();

    /** Of the loop's thread. */
    private @Nullable Task<T> task;

    Submission(Awaitable<T> coroutine) {
      this.coroutine = coroutine;
    }

    /** Whoever completes the outcome: nobody waits for the task any more. */
    void watchForEnd() {
      CompletableFuture<T> _ =
          outcome.whenComplete(
              (value, failure) -> {
                outstanding.remove(this);
                if (failure != null) {
                  loop.callSoonIfOpen(this::cancel);
                }
              });
    }

    void start() {
      if (outcome.isDone()) {
        return;
      }
      try {
        task = loop.createTask(coroutine);
        task.addDoneCallback(this::hand);
      } catch (RuntimeException refused) {
        outcome.completeExceptionally(refused);
      }
    }

    private void cancel() {
      if (task != null) {
        task.cancel("its outcome was cancelled, or was waited for too long");
      }
    }

    private void hand(Future<T> done) {
      try {
        outcome.complete(done.result());
      } catch (CancelledError cancelled) {
        outcome.cancel(false);
      } catch (Throwable failure) {
        outcome.completeExceptionally(failure);
      }
    }

    void failAsClosed() {
      outcome.completeExceptionally(
          new IllegalStateException(
              "the loop was closed before the coroutine was done: stop submitting, and let what"
                  + " was submitted end, before the loop is closed"));
    }
  }
}
