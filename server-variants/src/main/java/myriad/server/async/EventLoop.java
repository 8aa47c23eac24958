package myriad.server.async;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs callbacks and tasks in one thread, one at a time. A turn of the loop waits for channels and
 * timers while nothing is ready, and then runs what was ready when the wait ended; what that makes
 * ready runs in the next turn, so nothing starves.
 *
 * <p>A loop has no thread of its own: it runs in the thread that calls {@link #runForever} or
 * {@link #runUntilComplete}. All methods are for that thread, or before a run for any one thread;
 * the exceptions say so. Most programs call {@link Async#run} and never see the loop.
 */
public final class EventLoop extends LoopCore implements AutoCloseable {

  private final BoundedExecutor executor = new BoundedExecutor();
  private final Submissions submissions = new Submissions(this);

  EventLoop(Carrier carrier, Poller poller) {
    super(carrier, poller);
  }

  /**
   * A loop that runs nothing yet.
   *
   * @throws UncheckedIOException if the host refuses a selector, such as for want of descriptors
   */
  public static EventLoop create() {
    try {
      return open();
    } catch (IOException refused) {
      throw new UncheckedIOException("no selector for an event loop", refused);
    }
  }

  static EventLoop open() throws IOException {
    return new EventLoop(CarrierChoice.carrier(), new SelectorPoller());
  }

  /**
   * The loop that runs in this thread.
   *
   * @throws IllegalStateException if none does
   */
  public static EventLoop running() {
    EventLoop loop = Occupancy.runningHere();
    if (loop == null) {
      throw new IllegalStateException(
          "no event loop runs in this thread: start one with Async.run, or reach another thread's "
              + "with EventLoop.submit or callSoonThreadsafe");
    }
    return loop;
  }

  static @Nullable EventLoop runningOrNull() {
    return Occupancy.runningHere();
  }

  /** Runs {@code callback} in the next turn, after all that was scheduled before. */
  public Handle callSoon(Runnable callback) {
    return callSoon(callback, context().copy());
  }

  /** As {@link #callSoon(Runnable)}, in the given context instead of a copy of the current one. */
  public Handle callSoon(Runnable callback, Context context) {
    requireOwnThread();
    occupancy().requireOpen();
    Handle handle = new Handle(this, callback, context);
    agenda().add(handle);
    return handle;
  }

  /** {@link #callSoon} for any thread: wakes the loop if it waits. */
  public Handle callSoonThreadsafe(Runnable callback) {
    occupancy().requireOpen();
    return occupancy().isHere() ? callSoon(callback) : hand(callback);
  }

  /** As {@link #callSoonThreadsafe}, for threads that may well outlive the loop. */
  void callSoonIfOpen(Runnable callback) {
    if (!occupancy().isClosed()) {
      hand(callback);
    }
  }

  private Handle hand(Runnable callback) {
    Handle handle = new Handle(this, callback, Context.empty());
    agenda().hand(handle);
    return handle;
  }

  /** Runs {@code callback} once {@code delay} has passed. */
  public TimerHandle callLater(Duration delay, Runnable callback) {
    return callAt(timeNanos() + Durations.nanos(delay), callback);
  }

  /**
   * Runs {@code callback} once the clock reaches {@code whenNanos}; callbacks for the same time run
   * in the order of these calls.
   */
  public TimerHandle callAt(long whenNanos, Runnable callback) {
    requireOwnThread();
    occupancy().requireOpen();
    return timers().add(this, whenNanos, callback, context().copy());
  }

  /** The clock of {@link #callAt}: nanoseconds, monotonic, from an arbitrary zero. */
  public long timeNanos() {
    return poller().nanoTime();
  }

  /** A future of this loop. */
  public <T> Future<T> createFuture() {
    return new Future<>(this);
  }

  /** Runs a coroutine as a task, from the next turn on, in a copy of the current context. */
  public <T> Task<T> createTask(Awaitable<T> coroutine) {
    return createTask(coroutine, null, context().copy());
  }

  /**
   * Runs a coroutine as a task of this loop.
   *
   * @param name for reports; null for one made from a number
   * @param context what the coroutine runs in; not copied
   */
  public <T> Task<T> createTask(Awaitable<T> coroutine, @Nullable String name, Context context) {
    requireOwnThread();
    occupancy().requireOpen();
    if (coroutine instanceof Future<?>) {
      throw new IllegalArgumentException(
          coroutine + " is a future already: await it, or use Async.ensureFuture");
    }
    return new Task<>(this, coroutine, name, context);
  }

  /**
   * Runs a coroutine on this loop, called from any other thread that wants its outcome. Cancelling
   * the outcome, or completing it in another way, cancels the coroutine; closing the loop lets it
   * fail.
   */
  public <T> CompletableFuture<T> submit(Awaitable<T> coroutine) {
    return submissions.submit(coroutine);
  }

  /**
   * Runs blocking code in one of a bounded number of threads. Cancelling the future keeps the call
   * from starting, but does not interrupt it.
   *
   * @throws java.util.concurrent.RejectedExecutionException if too many calls wait already
   */
  public <T> Future<T> runInExecutor(Callable<T> blocking) {
    requireOwnThread();
    occupancy().requireOpen();
    return executor.call(this, blocking);
  }

  /** Bounds {@link #runInExecutor}; before its first use. */
  public void setExecutorBounds(int threads, int waitingCalls) {
    executor.setBounds(threads, waitingCalls);
  }

  /** Takes no calls for the executor any more; false if some still ran after {@code limit}. */
  Future<Boolean> shutDownExecutor(Duration limit) {
    return executor.shutDown(this, limit);
  }

  /** Runs until {@link #stop} is called. An interrupt of the thread is kept until then. */
  public void runForever() {
    runTurns();
  }

  /**
   * Runs until {@code awaitable} is done.
   *
   * @return what it came to
   * @throws Exception what it failed with, itself
   * @throws IllegalStateException if the loop was stopped before, or the future is another loop's
   */
  public <T> T runUntilComplete(Awaitable<T> awaitable) throws Exception {
    occupancy().requireUsable();
    Future<T> future = awaitable instanceof Future<T> made ? made : createTask(awaitable);
    if (future.loop() != this) {
      throw new IllegalStateException(
          future + " belongs to another loop: call that loop's runUntilComplete");
    }
    Handle stop = new Handle(this, this::stop, Context.empty());
    future.notifyDone(stop);
    try {
      runForever();
    } finally {
      // A run that ended early leaves nothing behind that would stop the next one.
      stop.cancel();
      future.forget(stop);
    }
    if (!future.isDone()) {
      throw new IllegalStateException(
          "the loop was stopped before " + future + " was done: let it complete before stop()");
    }
    return future.result();
  }

  /** Ends {@link #runForever} after this turn; before a run, after its first turn. */
  public void stop() {
    requireOwnThread();
    endAfterThisTurn();
  }

  public boolean isRunning() {
    return occupancy().inUse();
  }

  public boolean isClosed() {
    return occupancy().isClosed();
  }

  /** Every task that is not done, in the order of making. */
  public List<Task<?>> allTasks() {
    requireOwnThread();
    return liveTasks().toList();
  }

  /** All tasks that are not done, with where each one waits and for what; for people. */
  public String dumpTasks() {
    return TaskDump.of(allTasks());
  }

  /** Who is told of what no caller can be told; null for the log of {@link System.Logger}. */
  public void setExceptionHandler(ErrorReport.@Nullable Handler handler) {
    errors().setHandler(handler);
  }

  /**
   * Debug mode reports slow callbacks and where they were scheduled, coroutines that never ran, and
   * refuses an await inside {@code synchronized}. The system property {@code myriad.async.debug}
   * turns it on for every loop.
   */
  public void setDebug(boolean on) {
    debug().set(on);
  }

  public boolean isDebug() {
    return debug().isOn();
  }

  /** From which duration on debug mode calls a callback slow; 100 ms unless told. */
  public void setSlowCallback(Duration slow) {
    debug().setSlow(slow);
  }

  /**
   * Drops what is still scheduled, and reports what nobody asked for. Coroutines that still wait
   * are cancelled where they stand: their {@code finally} blocks run, in which they cannot wait any
   * more. Then closes the executor and all channels of the loop, listeners too. A second call does
   * nothing.
   *
   * @throws IllegalStateException while the loop runs
   */
  @Override
  public void close() {
    if (!occupancy().close()) {
      return;
    }
    submissions.failAll();
    executor.close();
    occupancy().runAfterTheEnd(() -> liveTasks().endAll(errors()));
    errors().reportAllWatched();
    if (debug().isOn()) {
      poller().openChannels().forEach(channel -> errors().report(leftOpen(channel)));
    }
    agenda().close();
  }

  private static ErrorReport leftOpen(Channel channel) {
    return new ErrorReport(
        "channel was open when the loop was closed: close its writer or server before",
        null,
        channel.toString(),
        null);
  }
}
