package myriad.server.async;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Results in the order in which they get there. Iterated once, for each result is given once. */
final class AsCompleted<T> implements Iterator<Awaitable<T>> {

  private final EventLoop loop;
  private final Set<Future<? extends T>> pending;
  private final Queue<Future<? extends T>> done = new ArrayDeque<>();
  private final WaitingLine line = new WaitingLine();
  private final Consumer<Future<? extends T>> arrival = this::arrived;
  private @Nullable TimerHandle timer;
  private boolean timedOut;
  private int toHandOut;

  private AsCompleted(EventLoop loop, Set<Future<? extends T>> futures) {
    this.loop = loop;
    this.pending = futures;
    this.toHandOut = futures.size();
  }

  static <T> Iterable<Awaitable<T>> of(
      EventLoop loop,
      Collection<? extends Awaitable<? extends T>> all,
      @Nullable Duration timeout) {
    AsCompleted<T> completed = new AsCompleted<>(loop, new LinkedHashSet<>(Futures.of(loop, all)));
    completed.watch(timeout);
    return () -> completed;
  }

  private void watch(@Nullable Duration timeout) {
    pending.forEach(future -> future.addDoneCallback(arrival));
    if (timeout != null && !pending.isEmpty()) {
      timer = loop.callLater(timeout, this::expire);
    }
  }

  private void arrived(Future<? extends T> future) {
    if (timedOut) {
      return;
    }
    pending.remove(future);
    done.add(future);
    line.wakeNext();
    if (pending.isEmpty() && timer != null) {
      timer.cancel();
    }
  }

  private void expire() {
    timedOut = true;
    pending.forEach(future -> future.removeDoneCallback(arrival));
    line.wakeAll();
  }

  @Override
  public boolean hasNext() {
    return toHandOut > 0;
  }

  @Override
  public Awaitable<T> next() {
    if (toHandOut == 0) {
      throw new NoSuchElementException("every result was handed out: call asCompleted again");
    }
    toHandOut--;
    return new NamedCoroutine<>(loop, "of asCompleted", this::awaitNext);
  }

  private T awaitNext() throws Exception {
    while (done.isEmpty()) {
      if (timedOut) {
        throw new TimeoutException(
            "%,d of the awaited were not done in time".formatted(pending.size()));
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
