package myriad.server.async;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waiting for one or all of several futures. */
final class Waiting {

  private Waiting() {}

  static <T> Waited<T> wait(
      Collection<? extends Future<? extends T>> futures,
      ReturnWhen until,
      @Nullable Duration timeout) {
    Set<Future<? extends T>> all = new LinkedHashSet<>(futures);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("nothing to wait for: give one future or more");
    }
    EventLoop loop = EventLoop.running();
    all.forEach(future -> future.requireLoop(loop));
    waitUntil(loop, all, until, timeout);
    Set<Future<? extends T>> done = new LinkedHashSet<>();
    Set<Future<? extends T>> pending = new LinkedHashSet<>();
    all.forEach(future -> (future.isDone() ? done : pending).add(future));
    return new Waited<>(done, pending);
  }

  private static void waitUntil(
      EventLoop loop, Set<? extends Future<?>> all, ReturnWhen until, @Nullable Duration timeout) {
    Future<Void> enough = loop.createFuture();
    int[] left = {all.size()};
    Consumer<Future<?>> oneDone =
        future -> {
          left[0]--;
          if (left[0] == 0 || isEnough(future, until)) {
            Waiters.wake(enough);
          }
        };
    TimerHandle timer =
        timeout == null ? null : loop.callLater(timeout, () -> Waiters.wake(enough));
    all.forEach(future -> future.addDoneCallback(oneDone));
    try {
      Waiters.await(enough);
    } finally {
      if (timer != null) {
        timer.cancel();
      }
      all.forEach(future -> future.removeDoneCallback(oneDone));
    }
  }

  private static boolean isEnough(Future<?> done, ReturnWhen until) {
    return switch (until) {
      case FIRST_COMPLETED -> true;
      case FIRST_EXCEPTION -> !done.isCancelled() && done.exception() != null;
      case ALL_COMPLETED -> false;
    };
  }
}
