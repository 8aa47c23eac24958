package myriad.server.async;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one loop for blocking code: made when first needed, bounded, as is their queue.
 */
final class BoundedExecutor {

  private static final int MAX_DEFAULT_THREADS = 32;
  private static final int SPARE_THREADS = 4;
  private static final int DEFAULT_WAITING_CALLS = 10_000;
  private static final long IDLE_THREAD_SECONDS = 10;

  private int threads =
      Math.min(MAX_DEFAULT_THREADS, Runtime.getRuntime().availableProcessors() + SPARE_THREADS);
  private int waitingCalls = DEFAULT_WAITING_CALLS;
  private @Nullable ThreadPoolExecutor pool;

  void setBounds(int threads, int waitingCalls) {
    if (pool != null) {
      throw new IllegalStateException(
          "the executor is in use: set its bounds before the first runInExecutor");
    }
    if (threads < 1 || waitingCalls < 1) {
      throw new IllegalArgumentException(
          "threads is %,d and waitingCalls is %,d; both take 1 and more"
              .formatted(threads, waitingCalls));
    }
    this.threads = threads;
    this.waitingCalls = waitingCalls;
  }

  <T> Future<T> call(EventLoop loop, Callable<T> blocking) {
    Call<T> call = new Call<>(loop, blocking);
    try {
      pool().execute(call.work);
    } catch (RejectedExecutionException refused) {
      throw new RejectedExecutionException(
          pool().isShutdown()
              ? "the executor was shut down: make its calls before the run ends"
              : "%,d blocking calls wait already: limit the callers with a Semaphore, or raise the bounds with EventLoop.setExecutorBounds"
                  .formatted(waitingCalls),
          refused);
    }
    return call;
  }

  /** A call that waits gives its place up as soon as it is cancelled; one that runs goes on. */
  private final class Call<T> extends Future<T> {
    private final FutureTask<T> work;

    Call(EventLoop loop, Callable<T> blocking) {
      super(loop);
      work =
          new FutureTask<>(blocking) {
            @Override
            protected void done() {
              loop.callSoonIfOpen(() -> settle(this, Call.this));
            }
          };
    }

    @Override
    public boolean cancel(@Nullable String message) {
      boolean cancelled = super.cancel(message);
      if (cancelled) {
        work.cancel(false);
        pool().remove(work);
      }
      return cancelled;
    }
  }

  private static <T> void settle(FutureTask<T> call, Future<T> outcome) {
    if (outcome.isDone()) {
      return;
    }
    switch (call.state()) {
      case SUCCESS -> outcome.setResult(call.resultNow());
      case FAILED -> outcome.setException(call.exceptionNow());
      case CANCELLED, RUNNING -> outcome.cancel("the executor was shut down");
    }
  }

  private ThreadPoolExecutor pool() {
    if (pool == null) {
      pool =
          new ThreadPoolExecutor(
              threads,
              threads,
              IDLE_THREAD_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(waitingCalls),
              Thread.ofPlatform().daemon().name("async-executor-", 0).factory());
      pool.allowCoreThreadTimeOut(true);
    }
    return pool;
  }

  /**
   * Takes no calls any more; done once those that it has taken have ended.
   *
   * @param limit after which it is done all the same; with false
   */
  Future<Boolean> shutDown(EventLoop loop, Duration limit) {
    Future<Boolean> ended = loop.createFuture();
    ThreadPoolExecutor taken = pool;
    if (taken == null) {
      ended.setResult(true);
      return ended;
    }
    taken.shutdown();
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .name("async-executor-end")
            .start(() -> tellEnd(taken, limit, ended));
    return ended;
  }

  private static void tellEnd(ThreadPoolExecutor pool, Duration limit, Future<Boolean> ended) {
    boolean inTime;
    try {
      inTime = pool.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException nobodyDoes) {
      inTime = false;
    }
    boolean result = inTime;
    ended
        .loop()
        .callSoonIfOpen(
            () -> {
              if (!ended.isDone()) {
                ended.setResult(result);
              }
            });
  }

  /** Drops the calls that wait; those that run are left to end by themselves. */
  void close() {
    if (pool != null) {
      pool.getQueue().clear();
      pool.shutdown();
    }
  }
}
