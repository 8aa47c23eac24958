package myriad.server.async;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Which thread a loop runs in, if any; refuses the wrong thread and the wrong moment. */
final class Occupancy {

  private enum State {
    IDLE,
    RUNNING,
    CLOSED
  }

  private static final ThreadLocal<@Nullable EventLoop> RUNNING = new ThreadLocal<>();

  private final EventLoop loop;

  /** Changed at once with the question what it was: two threads may want the loop. */
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

  Occupancy(EventLoop loop) {
    this.loop = loop;
  }

  static @Nullable EventLoop runningHere() {
    return RUNNING.get();
  }

  boolean isHere() {
    return RUNNING.get() == loop;
  }

  boolean inUse() {
    return state.get() == State.RUNNING;
  }

  boolean isClosed() {
    return state.get() == State.CLOSED;
  }

  void enter() {
    requireNoneHere();
    requireIdle(state.compareAndExchange(State.IDLE, State.RUNNING));
    RUNNING.set(loop);
  }

  void leave() {
    RUNNING.remove();
    state.set(State.IDLE);
  }

  /** A coroutine may run in a thread that its carrier gave it; the loop is at home there too. */
  void adoptThread() {
    if (!isHere()) {
      RUNNING.set(loop);
    }
  }

  /** Closes it; false if it was closed before. */
  boolean close() {
    State before = state.compareAndExchange(State.IDLE, State.CLOSED);
    if (before == State.RUNNING) {
      throw new IllegalStateException("the loop runs: stop() it, and close it after the run");
    }
    return before == State.IDLE;
  }

  /** Runs the last of a closed loop, as if it ran here; another may run in this thread. */
  void runAfterTheEnd(Runnable last) {
    EventLoop outer = RUNNING.get();
    RUNNING.set(loop);
    try {
      last.run();
    } finally {
      RUNNING.set(outer);
    }
  }

  void requireUsable() {
    requireNoneHere();
    requireIdle(state.get());
  }

  private void requireNoneHere() {
    requireOpen();
    if (RUNNING.get() != null) {
      throw new IllegalStateException(
          "an event loop runs in this thread already: await there instead of starting another run");
    }
  }

  private static void requireIdle(@Nullable State found) {
    if (found == State.RUNNING) {
      throw new IllegalStateException(
          "this loop runs in another thread already: use EventLoop.submit");
    }
    requireOpen(found);
  }

  void requireOpen() {
    requireOpen(state.get());
  }

  private static void requireOpen(@Nullable State found) {
    if (found == State.CLOSED) {
      throw new IllegalStateException("the loop is closed: make another with EventLoop.create");
    }
  }

  /** Refuses a thread that the loop does not run in; any thread may prepare a loop. */
  void requireOwnThread() {
    if (inUse() && !isHere()) {
      throw new WrongThreadException(
          "%s touched a loop that runs in another thread: use callSoonThreadsafe or submit"
              .formatted(Thread.currentThread()));
    }
  }
}
