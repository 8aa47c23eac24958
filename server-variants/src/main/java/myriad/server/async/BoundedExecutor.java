package myriad.server.async;

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
    Future<T> outcome = loop.createFuture();
    FutureTask<T> call =
        new FutureTask<>(blocking) {
          @Override
          protected void done() {
            loop.callSoonIfOpen(() -> settle(this, outcome));
          }
        };
    try {
      pool().execute(call);
    } catch (RejectedExecutionException full) {
      throw new RejectedExecutionException(
          "%,d blocking calls wait already: limit the callers with a Semaphore, or raise the bounds with EventLoop.setExecutorBounds"
              .formatted(waitingCalls),
          full);
    }
    outcome.addDoneCallback(
        done -> {
          if (done.isCancelled()) {
            call.cancel(false);
          }
        });
    return outcome;
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

  /** Drops the calls that wait; those that run are left to end by themselves. */
  void close() {
    if (pool != null) {
      pool.getQueue().clear();
      pool.shutdown();
    }
  }
}
