package myriad.server.async;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What debug mode looks for while a loop runs: callbacks that hold the loop up, and tasks that
 * await while they hold a monitor. Costs a stack trace a callback, so it is off by default.
 */
final class LoopDebug {

  /** System property that starts every loop in debug mode. */
  static final String PROPERTY = "myriad.async.debug";

  private static final Duration DEFAULT_SLOW = Duration.ofMillis(100);

  private boolean on = Boolean.getBoolean(PROPERTY);
  private long slowNanos = DEFAULT_SLOW.toNanos();
  private @Nullable Task<?> running;

  boolean isOn() {
    return on;
  }

  void set(boolean on) {
    this.on = on;
  }

  void setSlow(Duration slow) {
    slowNanos = slow.toNanos();
  }

  @Nullable Throwable originOfHandle() {
    return on ? new Throwable("scheduled here") : null;
  }

  @Nullable Throwable originOfFuture() {
    return on ? new Throwable("made here") : null;
  }

  /** Called when a task begins to run; it is what holds the loop if its callback does. */
  void entered(Task<?> task) {
    running = task;
  }

  /** Runs a callback on the clock of the loop; one that throws is reported all the same. */
  void run(Handle handle, EventLoop loop) {
    running = null;
    long start = loop.timeNanos();
    try {
      handle.callback().run();
    } finally {
      long took = loop.timeNanos() - start;
      if (took >= slowNanos) {
        loop.errors().report(slow(handle, took));
      }
      running = null;
    }
  }

  private ErrorReport slow(Handle handle, long tookNanos) {
    return new ErrorReport(
        "%s held the loop for %,d ms"
            .formatted(
                running == null ? "a callback" : "a task", Duration.ofNanos(tookNanos).toMillis()),
        null,
        running == null ? handle : running,
        handle.origin == null && running != null ? running.origin() : handle.origin);
  }

  /**
   * A monitor held over an await stays held while other tasks run on the same loop; the first of
   * them that enters it stops the loop for good.
   */
  void requireNoMonitor() {
    if (!on) {
      return;
    }
    ThreadInfo[] own =
        ManagementFactory.getThreadMXBean()
            .getThreadInfo(new long[] {Thread.currentThread().threadId()}, true, false);
    if (own.length == 1 && own[0] != null && own[0].getLockedMonitors().length > 0) {
      throw new IllegalStateException(
          "await inside synchronized on %s: the loop would stop at the next task that enters it; "
                  .formatted(own[0].getLockedMonitors()[0])
              + "leave the block first, or use myriad.server.async.Lock");
    }
  }
}
