package myriad.server.async;

import java.util.List;

/** A run from the first coroutine to a loop without tasks. */
final class Runner {

  private Runner() {}

  static <T> T run(EventLoop loop, Awaitable<T> main) throws Exception {
    T value;
    try {
      value = runMain(loop, main);
    } catch (Throwable failure) {
      cancelAllAfter(failure, loop);
      throw failure;
    }
    cancelAll(loop);
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

  private static void cancelAllAfter(Throwable failure, EventLoop loop) {
    try {
      cancelAll(loop);
    } catch (Exception | Error second) {
      failure.addSuppressed(second);
    }
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
