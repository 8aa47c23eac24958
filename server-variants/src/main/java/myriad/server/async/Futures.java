package myriad.server.async;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;

/** What is given to one call to await together, as futures of one loop. */
final class Futures {

  private Futures() {}

  /**
   * Futures as they are, and coroutines as new tasks, in the order of {@code all}. A future or a
   * named coroutine that is given twice is one and the same; a lambda runs as often as it is given,
   * for one that captures nothing is the same object wherever it is written.
   *
   * @throws IllegalStateException if one belongs to another loop; then nothing was started
   */
  static <T> List<Future<? extends T>> of(
      EventLoop loop, Collection<? extends Awaitable<? extends T>> all) {
    all.forEach(awaitable -> requireLoop(awaitable, loop));
    IdentityHashMap<Awaitable<? extends T>, Future<? extends T>> tasks = new IdentityHashMap<>();
    List<Future<? extends T>> futures = new ArrayList<>(all.size());
    for (Awaitable<? extends T> awaitable : all) {
      if (awaitable instanceof Future<? extends T> future) {
        futures.add(future);
      } else if (awaitable instanceof NamedCoroutine<? extends T>) {
        futures.add(tasks.computeIfAbsent(awaitable, loop::createTask));
      } else {
        futures.add(loop.createTask(awaitable));
      }
    }
    return futures;
  }

  private static void requireLoop(Awaitable<?> awaitable, EventLoop loop) {
    if (awaitable instanceof Future<?> future) {
      future.requireLoop(loop);
    }
  }
}
