package myriad.server.async;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tasks as text: what each waits for, and where in its code. */
final class TaskDump {

  private static final Set<String> PLUMBING =
      Stream.of(
              Action.class,
              ContinuationCarrier.class,
              EventLoop.class,
              Future.class,
              Handle.class,
              LoopCore.class,
              LoopDebug.class,
              Task.class,
              TaskDump.class,
              VirtualThreadCarrier.class,
              Waiters.class)
          .map(Class::getName)
          .collect(Collectors.toUnmodifiableSet());

  private TaskDump() {}

  static String of(List<Task<?>> tasks) {
    StringBuilder dump = new StringBuilder("%,d tasks%n".formatted(tasks.size()));
    for (Task<?> task : tasks) {
      describe(task, dump);
    }
    return dump.toString();
  }

  private static void describe(Task<?> task, StringBuilder dump) {
    dump.append(task.name()).append(stateOf(task)).append(System.lineSeparator());
    for (StackTraceElement frame : task.stackTrace()) {
      if (!isPlumbing(frame)) {
        dump.append("    at ").append(frame).append(System.lineSeparator());
      }
    }
    if (task.origin() != null) {
      for (StackTraceElement frame : task.origin().getStackTrace()) {
        if (!isPlumbing(frame)) {
          dump.append("    made at ").append(frame).append(System.lineSeparator());
          return;
        }
      }
    }
  }

  private static String stateOf(Task<?> task) {
    Future<?> waitingOn = task.waitingOn();
    if (waitingOn != null) {
      return " waits for " + waitingOn;
    }
    if (task.loop().currentTask() == task) {
      return " runs";
    }
    return task.neverStarted() ? " has not started" : " is ready to run";
  }

  /** Frames that are much the same in every task. */
  private static boolean isPlumbing(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.startsWith("java.lang.")
        || type.startsWith("jdk.internal.")
        || type.startsWith("java.util.concurrent.locks.")
        || PLUMBING.contains(type.replaceFirst("\\$.*", ""));
  }

  static ErrorReport destroyedWhilePending(Task<?> task) {
    String message =
        task.neverStarted()
            ? "coroutine never awaited: the loop was closed before its task started"
            : "task was pending when the loop was closed: await or cancel it before";
    return new ErrorReport(message, null, task.toString(), task.origin());
  }

  static ErrorReport awaitedAfterTheEnd(Task<?> task) {
    return new ErrorReport(
        "coroutine waits though its loop was closed: it will not go on, nor run its finally blocks",
        null,
        task.toString(),
        task.origin());
  }
}
