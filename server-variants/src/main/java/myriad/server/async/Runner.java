package myriad.server.async;

import java.time.Duration;
import java.util.List;

/** A run from the first coroutine to a loop without tasks. */
final class Runner {

  /** As long as asyncio waits. */
  private static final Duration EXECUTOR_LIMIT = Duration.ofMinutes(5);

  private Runner() {}

  static <T> T run(EventLoop loop, Awaitable<T> main) throws Exception {
    T value;
    try {
      value = runMain(loop, main);
    } catch (Throwable failure) {
      cleanUpAfter(failure, loop);
      throw failure;
    }
    cleanUp(loop);
    return value;
  }

  /** An interrupt cancels the coroutine, as a keyboard interrupt does in asyncio. */
  private static <T> T runMain(EventLoop loop, Awaitable<T> main) throws Exception {
    Task<T> task = loop.createTask(main);
    boolean[] interrupted = {false};
    loop.setInterruptHandler(
        () -> {
          interrupted[0] = true;
          task.cancel("the thread of the loop was interrupted");
        });
    try {
      return loop.runUntilComplete(task);
    } catch (CancelledError cancelled) {
      if (interrupted[0] && task.uncancel() == 0) {
        throw (InterruptedException)
            new InterruptedException("the run was interrupted").initCause(cancelled);
      }
      throw cancelled;
    } finally {
      loop.setInterruptHandler(null);
    }
  }

  private static void cleanUpAfter(Throwable failure, EventLoop loop) {
    try {
      cleanUp(loop);
    } catch (Exception | Error second) {
      failure.addSuppressed(second);
    }
  }

  private static void cleanUp(EventLoop loop) throws Exception {
    cancelAll(loop);
    awaitExecutor(loop);
  }

  /** The loop runs on, for blocking code may want it to end; an interrupt ends the wait. */
  private static void awaitExecutor(EventLoop loop) throws Exception {
    Future<Boolean> ended = loop.shutDownExecutor(EXECUTOR_LIMIT);
    if (ended.isDone()) {
      return;
    }
    boolean[] interrupted = {false};
    loop.setInterruptHandler(
        () -> {
          interrupted[0] = true;
          ended.cancel();
        });
    try {
      if (!loop.runUntilComplete(ended)) {
        loop.errors().report(stillRunning());
      }
    } catch (CancelledError hurry) {
      loop.errors().report(stillRunning());
    } finally {
      loop.setInterruptHandler(null);
      if (interrupted[0]) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ErrorReport stillRunning() {
    return new ErrorReport(
        "blocking code of runInExecutor still runs at the end of the run: give it a limit",
        null,
        null,
        null);
  }

  /** What the main coroutine left behind gets the chance to clean up. */
  private static void cancelAll(EventLoop loop) throws Exception {
    List<Task<?>> leftBehind = loop.allTasks();
    if (leftBehind.isEmpty()) {
      return;
    }
    leftBehind.forEach(Task::cancel);
    loop.runUntilComplete(Gather.outcomes(loop, leftBehind));
    for (Task<?> task : leftBehind) {
      if (!task.isCancelled() && task.exception() != null) {
        loop.errors()
            .report(
                new ErrorReport(
                    "exception while a run was cleaned up", task.exception(), task, task.origin()));
      }
    }
  }
}
