package myriad.server.async;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every task of a loop that is not done, in the order of making. A list threaded through the tasks
 * costs 8 bytes each; it also keeps a waiting task alive that nobody else refers to.
 */
final class LiveTasks {

  private @Nullable Task<?> first;
  private @Nullable Task<?> last;

  void add(Task<?> task) {
    task.previousLive = last;
    if (last == null) {
      first = task;
    } else {
      last.nextLive = task;
    }
    last = task;
  }

  void remove(Task<?> task) {
    Task<?> previous = task.previousLive;
    Task<?> next = task.nextLive;
    if (previous == null) {
      first = next;
    } else {
      previous.nextLive = next;
    }
    if (next == null) {
      last = previous;
    } else {
      next.previousLive = previous;
    }
    task.previousLive = null;
    task.nextLive = null;
  }

  List<Task<?>> toList() {
    List<Task<?>> tasks = new ArrayList<>();
    for (Task<?> task = first; task != null; task = task.nextLive) {
      tasks.add(task);
    }
    return tasks;
  }

  /** Reports every task, and lets its coroutine run its finally blocks, for the loop is closed. */
  void endAll(ErrorReporter errors) {
    for (Task<?> task : toList()) {
      errors.report(TaskDump.destroyedWhilePending(task));
      task.endWithLoop();
      if (!task.isDone() && !task.neverStarted()) {
        errors.report(TaskDump.awaitedAfterTheEnd(task));
      }
    }
  }
}
