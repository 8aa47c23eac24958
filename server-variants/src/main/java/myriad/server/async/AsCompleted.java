package myriad.server.async;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Results in the order in which they get there. */
final class AsCompleted<T> {

  private final Queue<Future<? extends T>> done = new ArrayDeque<>();
  private final WaitingLine line = new WaitingLine();
  private int left;
  private boolean timedOut;

  private AsCompleted(int count) {
    this.left = count;
  }

  static <T> Iterable<Awaitable<T>> of(
      EventLoop loop,
      Collection<? extends Awaitable<? extends T>> all,
      @Nullable Duration timeout) {
    Set<Future<? extends T>> futures = new LinkedHashSet<>();
    all.forEach(awaitable -> futures.add(Async.ensureFuture(awaitable)));
    AsCompleted<T> completed = new AsCompleted<>(futures.size());
    TimerHandle timer = timeout == null ? null : loop.callLater(timeout, completed::expire);
    futures.forEach(future -> future.addDoneCallback(one -> completed.arrived(future, timer)));
    List<Awaitable<T>> results = new ArrayList<>();
    futures.forEach(future -> results.add(completed::next));
    return results;
  }

  private void arrived(Future<? extends T> future, @Nullable TimerHandle timer) {
    left--;
    done.add(future);
    line.wakeNext();
    if (left == 0 && timer != null) {
      timer.cancel();
    }
  }

  private void expire() {
    timedOut = true;
    line.wakeAll();
  }

  private T next() throws Exception {
    while (done.isEmpty()) {
      if (timedOut) {
        throw new TimeoutException("%,d of the awaited were not done in time".formatted(left));
      }
      line.await("asCompleted", this::passOn);
    }
    return done.remove().result();
  }

  private void passOn(boolean woken) {
    if (woken) {
      line.wakeNext();
    }
  }
}
