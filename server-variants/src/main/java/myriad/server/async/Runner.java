package myriad.server.async;

import java.util.List;

/** A run from the first coroutine to a loop without tasks. */
final class Runner {

  private Runner() {}

  static <T> T run(EventLoop loop, Awaitable<T> main) throws Exception {
    try {
      return loop.runUntilComplete(main);
    } finally {
      cancelAll(loop);
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
