package myriad.server.async;

import org.jspecify.annotations.Nullable;

/** Which thread a loop runs in, if any; refuses the wrong thread and the wrong moment. */
final class Occupancy {

  private static final ThreadLocal<@Nullable EventLoop> RUNNING = new ThreadLocal<>();

  private final EventLoop loop;
  private volatile boolean inUse;
  private volatile boolean closed;

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
    return inUse;
  }

  boolean isClosed() {
    return closed;
  }

  void enter() {
    requireUsable();
    inUse = true;
    RUNNING.set(loop);
  }

  void leave() {
    RUNNING.remove();
    inUse = false;
  }

  /** A coroutine may run in a thread that its carrier gave it; the loop is at home there too. */
  void adoptThread() {
    if (!isHere()) {
      RUNNING.set(loop);
    }
  }

  /** Closes it; false if it was closed before. */
  boolean close() {
    if (inUse) {
      throw new IllegalStateException("the loop runs: stop() it, and close it after the run");
    }
    boolean first = !closed;
    closed = true;
    return first;
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
    requireOpen();
    if (RUNNING.get() != null) {
      throw new IllegalStateException(
          "an event loop runs in this thread already: await there instead of starting another run");
    }
    if (inUse) {
      throw new IllegalStateException(
          "this loop runs in another thread already: use EventLoop.submit");
    }
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the loop is closed: make another with EventLoop.create");
    }
  }

  /** Refuses a thread that the loop does not run in; any thread may prepare a loop. */
  void requireOwnThread() {
    if (inUse && !isHere()) {
      throw new WrongThreadException(
          "%s touched a loop that runs in another thread: use callSoonThreadsafe or submit"
              .formatted(Thread.currentThread()));
    }
  }
}
