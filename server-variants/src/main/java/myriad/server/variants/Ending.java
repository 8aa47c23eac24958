package myriad.server.variants;

import java.nio.channels.AsynchronousChannelGroup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for threads that were told to end. An interrupted caller waits all the same. */
final class Ending {

  /** Only a stop looks for the end of something, and serving pays nothing. */
  private static final Duration POLL_PAUSE = Duration.ofMillis(1);

  private Ending() {}

  /**
   * Waits for a thread to end.
   *
   * @throws IllegalStateException if it still runs after {@code limit}: a fault of the server
   */
  static void await(Thread thread, Duration limit) {
    require(uninterrupted(() -> thread.join(limit)), thread.getName());
  }

  /**
   * Waits for the threads of an executor to end.
   *
   * @throws IllegalStateException if one still runs after {@code limit}: a fault of the server
   */
  static void await(ExecutorService executor, Duration limit) {
    require(
        uninterrupted(() -> executor.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)),
        "executor");
  }

  /**
   * Waits for a signal of a thread.
   *
   * @throws IllegalStateException if it was not given within {@code limit}: a fault of the server
   */
  static void await(CountDownLatch signal, Duration limit) {
    require(uninterrupted(() -> signal.await(limit.toNanos(), TimeUnit.NANOSECONDS)), "event loop");
  }

  /**
   * Waits for the threads of a channel group to end.
   *
   * @throws IllegalStateException if one still runs after {@code limit}: a fault of the server
   */
  static void await(AsynchronousChannelGroup group, Duration limit) {
    require(
        uninterrupted(() -> group.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)),
        "channel group");
  }

  /**
   * Waits for what nobody signals.
   *
   * @param what is to end
   * @throws IllegalStateException if it has not after {@code limit}: a fault of the server
   */
  static void await(BooleanSupplier ended, String what, Duration limit) {
    require(uninterrupted(() -> within(limit, ended)), what);
  }

  /** Looks again and again whether something has ended; false if it has not after {@code limit}. */
  static boolean within(Duration limit, BooleanSupplier ended) throws InterruptedException {
    long start = System.nanoTime();
    while (!ended.getAsBoolean()) {
      if (System.nanoTime() - start >= limit.toNanos()) {
        return false;
      }
      Thread.sleep(POLL_PAUSE);
    }
    return true;
  }

  private static void require(boolean ended, String what) {
    if (!ended) {
      throw new IllegalStateException(what + " did not end when the server was stopped");
    }
  }

  /** Waits once more whenever it is interrupted; the caller learns of that afterwards. */
  static boolean uninterrupted(InterruptibleWait wait) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return wait.ended();
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @FunctionalInterface
  interface InterruptibleWait {
    boolean ended() throws InterruptedException;
  }
}
