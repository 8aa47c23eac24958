package myriad.server.async;

import org.jspecify.annotations.Nullable;

/**
 * Drives a coroutine on a loop: runs it until it awaits something that is not done, and goes on in
 * the turn after that is done. Made by {@link Async#createTask}; first runs at the loop's next
 * turn.
 *
 * @param <T> what the coroutine comes to
 */
public sealed class Task<T> extends Future<T> permits ConnectionTask {

  /** Links of {@link LiveTasks}. */
  @Nullable Task<?> previousLive;

  @Nullable Task<?> nextLive;

  private final Handle wakeup;

  /** Where the task comes among those without a name of their own; 0 for one that has one. */
  private final int number;

  private @Nullable String name;
  private @Nullable Awaitable<T> coroutine;
  private Carrier.@Nullable Stack stack;

  /** What the coroutine suspended on; null while it runs or has only given way for a turn. */
  private @Nullable Future<?> waitingOn;

  private int cancelRequests;
  private boolean mustCancel;
  private @Nullable String cancelMessage;

  /** Thrown into the coroutine where it stands, at the next resume. */
  private @Nullable CancelledError interruption;

  Task(EventLoop loop, Awaitable<T> coroutine, @Nullable String name, Context context) {
    super(loop);
    this.coroutine = coroutine;
    this.name = name;
    this.number = name == null ? loop.nextTaskNumber() : 0;
    this.wakeup = new Handle(loop, this::step, context);
    loop.liveTasks().add(this);
    loop.enqueue(wakeup);
  }

  /** The task that runs now; {@code what} is what the caller wanted it for. */
  static Task<?> current(String what) {
    Task<?> current = EventLoop.running().currentTask();
    if (current == null) {
      throw new IllegalStateException(
          what + " outside a task: a callback cannot wait; give the work to Async.createTask");
    }
    return current;
  }

  /** A name for reports; {@code Task-7} for the seventh that was given none. */
  public String name() {
    return name == null ? "Task-" + Integer.toUnsignedString(number) : name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** The context that the coroutine runs in. */
  public final Context context() {
    return wakeup.context;
  }

  /**
   * Asks the coroutine to stop: a {@link CancelledError} is thrown where it awaits, at the loop's
   * next turn. The coroutine may clean up first, and may refuse.
   *
   * @return false if the task was done already
   */
  @Override
  public boolean cancel(@Nullable String message) {
    loop().requireOwnThread();
    if (isDone()) {
      return false;
    }
    cancelRequests++;
    if (waitingOn != null && waitingOn.cancel(message)) {
      return true;
    }
    mustCancel = true;
    cancelMessage = message;
    return true;
  }

  /** How many cancel requests were made and not taken back. */
  public int cancelling() {
    return cancelRequests;
  }

  /**
   * Takes back one cancel request; for code that catches {@link CancelledError} and goes on, as a
   * timeout does. A request that was not thrown yet is dropped with the last one.
   *
   * @return the requests that remain
   */
  public int uncancel() {
    loop().requireOwnThread();
    if (cancelRequests > 0) {
      cancelRequests--;
      if (cancelRequests == 0) {
        mustCancel = false;
      }
    }
    return cancelRequests;
  }

  @Override
  public void setResult(@Nullable T result) {
    throw new UnsupportedOperationException("the coroutine of " + this + " alone gives its result");
  }

  @Override
  public void setException(Throwable exception) {
    throw new UnsupportedOperationException("the coroutine of " + this + " alone makes it fail");
  }

  /** Where the coroutine stands, innermost frame first; empty before its start and at its end. */
  public StackTraceElement[] stackTrace() {
    if (stack == null) {
      return new StackTraceElement[0];
    }
    return loop().currentTask() == this ? new Throwable().getStackTrace() : stack.trace();
  }

  /** What the coroutine waits for; null while it is ready to run. */
  public @Nullable Future<?> waitingOn() {
    return waitingOn;
  }

  /** Called by the coroutine: lets everything run that is ready now. */
  void giveWay() {
    suspendOn(null);
  }

  /** Called by the coroutine: leaves the loop to others until {@code future} is done. */
  void suspendOn(@Nullable Future<?> future) {
    if (future != null) {
      requireAwaitable(future);
    }
    Carrier.Stack own = stack;
    if (own == null) {
      throw new AssertionError(this + " suspends before it started");
    }
    waitingOn = future;
    try {
      loop().debug().requireNoMonitor();
      own.suspend();
    } catch (IllegalStateException pinned) {
      waitingOn = null;
      throw pinned;
    }
    CancelledError thrown = interruption;
    if (thrown != null) {
      interruption = null;
      throw thrown;
    }
  }

  private void requireAwaitable(Future<?> future) {
    future.requireLoop(loop());
    if (future == this) {
      throw new IllegalStateException(this + " cannot await itself: it would never end");
    }
  }

  /** One turn of the coroutine, run by the loop. */
  private void step() {
    boolean awaitThrowsIt = waitingOn != null && waitingOn.endedInCancelledError();
    waitingOn = null;
    if (mustCancel) {
      mustCancel = false;
      interruption = awaitThrowsIt ? null : new CancelledError(cancelMessage);
    }
    if (stack == null && interruption != null) {
      end(null, interruption);
      return;
    }
    resume();
    if (isDone()) {
      requireNotFatal();
    } else if (waitingOn != null) {
      waitingOn.notifyDone(wakeup);
      if (mustCancel && waitingOn.cancel(cancelMessage)) {
        mustCancel = false;
      }
    } else {
      loop().enqueue(wakeup);
    }
  }

  /** Throws into a coroutine that waits, once its loop is closed; it cannot wait any more. */
  void endWithLoop() {
    if (stack != null) {
      interruption = new CancelledError("the loop was closed");
      resume();
    }
  }

  private void resume() {
    if (stack == null) {
      stack = loop().carrier().newStack(this::runCoroutine);
    }
    loop().enterTask(this);
    try {
      stack.resume();
    } finally {
      loop().leaveTask();
    }
  }

  private void runCoroutine() {
    loop().adoptThread();
    T value = null;
    Throwable failure = null;
    try {
      value = takeCoroutine().await();
    } catch (Throwable thrown) {
      failure = thrown;
    }
    end(value, failure);
  }

  /** What the coroutine captured can be collected as soon as it needs it no more. */
  private Awaitable<T> takeCoroutine() {
    Awaitable<T> taken = coroutine;
    coroutine = null;
    if (taken == null) {
      throw new AssertionError(this + " runs twice");
    }
    return taken;
  }

  private void end(@Nullable T value, @Nullable Throwable failure) {
    loop().liveTasks().remove(this);
    coroutine = null;
    stack = null;
    waitingOn = null;
    if (failure == null && mustCancel) {
      cancelledBy(new CancelledError(cancelMessage));
    } else if (failure == null) {
      super.setResult(value);
    } else if (failure instanceof CancelledError error) {
      cancelledBy(error);
    } else {
      super.setException(failure);
    }
    onEnd(failure);
  }

  /** For tasks that have more to tidy up than their coroutine could: it may never have started. */
  void onEnd(@Nullable Throwable failure) {}

  private void requireNotFatal() {
    if (hasFailed()
        && exception() instanceof VirtualMachineError fatal
        && Failures.isFatal(fatal)) {
      throw fatal;
    }
  }

  boolean neverStarted() {
    return coroutine != null;
  }

  @Override
  String describe() {
    return "Task " + name();
  }
}
