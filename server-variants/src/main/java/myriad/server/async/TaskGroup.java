package myriad.server.async;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that end together. The group waits for all of them; the first that fails cancels the others
 * and the body, and all failures are thrown as one {@link ExceptionGroup}. Belongs to the task that
 * runs it.
 */
public final class TaskGroup {

  /** Starts the tasks of a group; may await. */
  @FunctionalInterface
  public interface Body<T> {
    T run(TaskGroup group) throws Exception;
  }

  /** As {@link Body}, without a value. */
  @FunctionalInterface
  public interface VoidBody {
    void run(TaskGroup group) throws Exception;
  }

  private final Task<?> parent;
  private final Set<Task<?>> tasks = new LinkedHashSet<>();
  private final List<Throwable> failures = new ArrayList<>();
  private @Nullable Future<Void> allDone;
  private boolean exiting;
  private boolean aborting;
  private boolean parentCancelRequested;

  private TaskGroup(Task<?> parent) {
    this.parent = parent;
  }

  /**
   * Runs {@code body} within the current task, and then waits for the tasks that it started.
   *
   * @return what the body came to
   * @throws ExceptionGroup if the body or a task failed
   * @throws CancelledError if this task was cancelled from outside, and nothing failed
   */
  public static <T> T call(Body<T> body) {
    TaskGroup group = new TaskGroup(Task.current("a TaskGroup"));
    @Nullable T value = null;
    Throwable thrown = null;
    try {
      value = body.run(group);
    } catch (Throwable failure) {
      thrown = failure;
    }
    group.exit(thrown);
    return Nulls.trusted(value);
  }

  /** As {@link #call}, for a body without a value. */
  public static void run(VoidBody body) {
    call(
        group -> {
          body.run(group);
          return Boolean.TRUE;
        });
  }

  /**
   * Starts a coroutine as a task of the group.
   *
   * @throws IllegalStateException if the group is over, or is ending because of a failure
   */
  public <T> Task<T> createTask(Awaitable<T> coroutine) {
    return createTask(coroutine, null, parent.loop().context().copy());
  }

  /** As {@link #createTask(Awaitable)}. */
  public Task<Void> createTask(Action coroutine) {
    return createTask(coroutine.asAwaitable());
  }

  /** As {@link #createTask(Awaitable)}, with a name for reports. */
  public <T> Task<T> createTask(String name, Awaitable<T> coroutine) {
    return createTask(coroutine, name, parent.loop().context().copy());
  }

  /** As {@link #createTask(String, Awaitable)}. */
  public Task<Void> createTask(String name, Action coroutine) {
    return createTask(name, coroutine.asAwaitable());
  }

  /**
   * As {@link #createTask(Awaitable)}.
   *
   * @param name for reports; null for one made from a number
   * @param context what the coroutine runs in; not copied
   */
  public <T> Task<T> createTask(Awaitable<T> coroutine, @Nullable String name, Context context) {
    if (exiting && tasks.isEmpty()) {
      throw new IllegalStateException("the task group is over: start tasks inside its body");
    }
    if (aborting) {
      throw new IllegalStateException("the task group is shutting down after a failure");
    }
    Task<T> task = parent.loop().createTask(coroutine, name, context);
    tasks.add(task);
    task.addDoneCallback(done -> taskDone(task));
    return task;
  }

  private void taskDone(Task<?> task) {
    tasks.remove(task);
    if (allDone != null && tasks.isEmpty()) {
      Waiters.wake(allDone);
    }
    Throwable failure = task.isCancelled() ? null : task.exception();
    if (failure == null) {
      return;
    }
    failures.add(failure);
    if (!aborting && !parentCancelRequested) {
      abort();
      parentCancelRequested = true;
      parent.cancel();
    }
  }

  private void abort() {
    aborting = true;
    for (Task<?> task : tasks) {
      if (!task.isDone()) {
        task.cancel();
      }
    }
  }

  private void exit(@Nullable Throwable thrown) {
    exiting = true;
    CancelledError cancellation = thrown instanceof CancelledError error ? error : null;
    if (thrown != null && !aborting) {
      abort();
    }
    CancelledError whileWaiting = waitForTasks();
    if (whileWaiting != null) {
      cancellation = whileWaiting;
    }
    if (thrown instanceof VirtualMachineError fatal && Failures.isFatal(fatal)) {
      throw fatal;
    }
    if (parentCancelRequested && parent.uncancel() == 0) {
      // The group's own request, which has done its work.
      cancellation = null;
    }
    if (cancellation != null && failures.isEmpty()) {
      throw cancellation;
    }
    if (thrown != null && !(thrown instanceof CancelledError)) {
      failures.add(thrown);
    }
    if (!failures.isEmpty()) {
      renewOuterRequest();
      throw new ExceptionGroup("unhandled errors in a task group", failures);
    }
  }

  /** Failures are thrown instead of a cancellation from outside, which comes at the next await. */
  private void renewOuterRequest() {
    if (parent.cancelling() > 0) {
      parent.uncancel();
      parent.cancel();
    }
  }

  /** A cancellation from outside is passed on to the tasks, and returned once they are done. */
  private @Nullable CancelledError waitForTasks() {
    CancelledError cancellation = null;
    while (!tasks.isEmpty()) {
      Future<Void> waiter = parent.loop().createFuture();
      allDone = waiter;
      try {
        Waiters.await(waiter);
      } catch (CancelledError cancelled) {
        if (!aborting) {
          cancellation = cancelled;
          abort();
        }
      }
    }
    return cancellation;
  }
}
