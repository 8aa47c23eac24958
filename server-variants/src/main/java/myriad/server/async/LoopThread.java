package myriad.server.async;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A loop with a thread of its own, for programs that are not coroutines. Safe for any thread. */
public final class LoopThread implements AutoCloseable {

  private final EventLoop loop;
  private final Thread thread;
  private final Duration limit;

  /**
   * A loop that does not run yet, and can be prepared by the caller until {@link #start}.
   *
   * @param name of the thread
   * @param limit how long {@link #call} and {@link #close} wait at the most
   * @throws IOException if the host refuses a selector, such as for want of descriptors
   */
  public LoopThread(String name, Duration limit) throws IOException {
    this.loop = EventLoop.open();
    this.thread = Thread.ofPlatform().name(name).unstarted(loop::runForever);
    this.limit = limit;
  }

  public EventLoop loop() {
    return loop;
  }

  public void start() {
    thread.start();
  }

  /**
   * Runs a coroutine on the loop, which was started, and waits for it.
   *
   * @throws java.util.concurrent.CompletionException with what it threw, or because it took longer
   *     than the limit
   */
  public void call(Action coroutine) {
    loop.submit(coroutine.asAwaitable()).orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).join();
  }

  /**
   * Stops the loop, waits for its thread, and closes it. An interrupted caller does not wait.
   *
   * @throws IllegalStateException if a callback holds the loop for longer than the limit
   */
  @Override
  public void close() {
    if (thread.isAlive()) {
      loop.callSoonThreadsafe(loop::stop);
      awaitEnd();
    }
    loop.close();
  }

  private void awaitEnd() {
    try {
      if (!thread.join(limit)) {
        throw new IllegalStateException(
            thread.getName() + " is held by a callback: its loop cannot be closed");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + thread.getName() + " ended");
    }
  }
}
