package myriad.server.async;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the runtime, for code that runs on a loop; the names are asyncio's. Import them
 * statically: {@code int n = await(task)}. All but {@link #run} throw {@link IllegalStateException}
 * where no loop runs in this thread.
 */
public final class Async {

  private Async() {}

  /**
   * Runs a coroutine on a loop of its own, in this thread, to its end; then cancels every task that
   * it left behind, waits for them and for what runs in the executor, up to five minutes, and
   * closes the loop. The entry into the asynchronous world. An interrupt of this thread cancels the
   * coroutine; a further one ends the wait for the executor.
   *
   * @throws InterruptedException if the coroutine ended by that
   * @throws Exception what the coroutine threw, itself
   */
  public static <T> T run(Awaitable<T> main) throws Exception {
    try (EventLoop loop = EventLoop.create()) {
      return Runner.run(loop, main);
    }
  }

  /** As {@link #run(Awaitable)}. */
  public static void run(Action main) throws Exception {
    run(main.asAwaitable());
  }

  /**
   * Waits for a future, or runs another coroutine to its end within this task.
   *
   * @throws Exception what it failed with, itself
   * @throws CancelledError if it, or this task, was cancelled
   */
  public static <T> T await(Awaitable<T> awaitable) throws Exception {
    return awaitable.await();
  }

  /** Starts a coroutine as a task of its own; it first runs at the loop's next turn. */
  public static <T> Task<T> createTask(Awaitable<T> coroutine) {
    return EventLoop.running().createTask(coroutine);
  }

  /** As {@link #createTask(Awaitable)}. */
  public static Task<Void> createTask(Action coroutine) {
    return createTask(coroutine.asAwaitable());
  }

  /** As {@link #createTask(Awaitable)}, with a name for reports. */
  public static <T> Task<T> createTask(String name, Awaitable<T> coroutine) {
    return EventLoop.running().createTask(coroutine, name, Context.current().copy());
  }

  /** As {@link #createTask(String, Awaitable)}. */
  public static Task<Void> createTask(String name, Action coroutine) {
    return createTask(name, coroutine.asAwaitable());
  }

  /** A future as it is; a coroutine as a new task. */
  public static <T> Future<T> ensureFuture(Awaitable<T> awaitable) {
    return awaitable instanceof Future<T> future ? future : createTask(awaitable);
  }

  /**
   * Gives a coroutine a name, and has debug mode report it if it is dropped without being awaited.
   * Can be awaited once.
   */
  public static <T> Awaitable<T> coroutine(String name, Awaitable<T> body) {
    return new NamedCoroutine<>(EventLoop.running(), name, body);
  }

  /** Suspends the current task; a zero duration gives way to what is ready now. */
  public static void sleep(Duration duration) {
    Sleep.forDuration(duration);
  }

  /**
   * Runs all at once; comes to their results, in the order of the arguments. The first failure is
   * passed on at once, while the others go on. Cancelling it cancels all that are not done.
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  public static <T> Future<List<T>> gather(Awaitable<? extends T>... awaitables) {
    return gather(List.of(awaitables));
  }

  /** As {@link #gather(Awaitable[])}. */
  public static <T> Future<List<T>> gather(Collection<? extends Awaitable<? extends T>> all) {
    return Gather.results(EventLoop.running(), all);
  }

  /** As {@link #gather(Awaitable[])}, with failures and cancellations among the results. */
  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  public static <T> Future<List<Outcome<T>>> gatherOutcomes(Awaitable<? extends T>... awaitables) {
    return gatherOutcomes(List.of(awaitables));
  }

  /** As {@link #gatherOutcomes(Awaitable[])}. */
  public static <T> Future<List<Outcome<T>>> gatherOutcomes(
      Collection<? extends Awaitable<? extends T>> all) {
    return Gather.outcomes(EventLoop.running(), all);
  }

  /** Waits until all are done. Throws none of their failures, and cancels nothing. */
  public static <T> Waited<T> wait(Collection<? extends Future<? extends T>> futures) {
    return wait(futures, ReturnWhen.ALL_COMPLETED, null);
  }

  /** As {@link #wait(Collection, ReturnWhen, Duration)}, as long as it takes. */
  public static <T> Waited<T> wait(
      Collection<? extends Future<? extends T>> futures, ReturnWhen until) {
    return wait(futures, until, null);
  }

  /**
   * Waits until {@code until} holds or {@code timeout} has passed. Throws none of their failures,
   * not even for the timeout, and cancels nothing.
   *
   * @param timeout null for no limit
   */
  public static <T> Waited<T> wait(
      Collection<? extends Future<? extends T>> futures,
      ReturnWhen until,
      @Nullable Duration timeout) {
    return Waiting.wait(futures, until, timeout);
  }

  /** Awaitables that come to the results of {@code all} in the order in which they get done. */
  public static <T> Iterable<Awaitable<T>> asCompleted(
      Collection<? extends Awaitable<? extends T>> all) {
    return asCompleted(all, null);
  }

  /**
   * As {@link #asCompleted(Collection)}; what is not done within {@code timeout} throws {@link
   * java.util.concurrent.TimeoutException} when awaited.
   *
   * @param timeout for all together; null for no limit
   */
  public static <T> Iterable<Awaitable<T>> asCompleted(
      Collection<? extends Awaitable<? extends T>> all, @Nullable Duration timeout) {
    return AsCompleted.of(EventLoop.running(), all, timeout);
  }

  /**
   * Awaits, and cancels what it awaits when {@code timeout} has passed.
   *
   * @throws java.util.concurrent.TimeoutException if it took longer
   * @throws Exception what it failed with, itself
   */
  public static <T> T waitFor(Awaitable<T> awaitable, Duration timeout) throws Exception {
    return Timeout.waitFor(awaitable, timeout);
  }

  /** As {@link Timeout#call}, for a body that never moves its own limit. */
  public static <T> T timeout(Duration limit, Awaitable<T> body) throws Exception {
    return Timeout.call(limit, timeout -> body.await());
  }

  /** As {@link #timeout(Duration, Awaitable)}. */
  public static void timeout(Duration limit, Action body) throws Exception {
    timeout(limit, body.asAwaitable());
  }

  /** Keeps a cancellation of who awaits from what is awaited, which goes on. */
  public static <T> Future<T> shield(Awaitable<T> awaitable) {
    return Shield.of(ensureFuture(awaitable));
  }

  /** As {@link EventLoop#runInExecutor}. */
  public static <T> Future<T> runInExecutor(Callable<T> blocking) {
    return EventLoop.running().runInExecutor(blocking);
  }

  /** The task that runs now; null in a callback. */
  public static @Nullable Task<?> currentTask() {
    return EventLoop.running().currentTask();
  }

  /** Every task of this loop that is not done, in the order of making. */
  public static List<Task<?>> allTasks() {
    return EventLoop.running().allTasks();
  }
}
