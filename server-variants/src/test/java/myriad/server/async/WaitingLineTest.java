package myriad.server.async;

import static myriad.server.async.Async.asCompleted;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A wait that fails otherwise than by a cancellation, here because its task holds a monitor, leaves
 * nothing behind that others would wait for.
 */
class WaitingLineTest extends AsyncTestCase {

  private final Object monitor = new Object();

  @BeforeEach
  void refuseWaitsInsideSynchronized() {
    assumeThat(carrier)
        .as("the JVM tells which monitors a platform thread holds, but not a virtual one")
        .isInstanceOf(ContinuationCarrier.class);
    loop.setDebug(true);
  }

  @Test
  void aLockGoesToTheNextInLine() throws Exception {
    run(
        () -> {
          Lock lock = new Lock();
          lock.acquire();
          refused(lock::acquire);
          Task<Void> next = createTask(lock::acquire);
          turn();
          lock.release();
          next.await();
          assertThat(lock.isLocked()).isTrue();
        });
  }

  @Test
  void aPermitGoesToTheNextInLine() throws Exception {
    run(
        () -> {
          Semaphore semaphore = new Semaphore(1);
          semaphore.acquire();
          refused(semaphore::acquire);
          Task<Void> next = createTask(semaphore::acquire);
          turn();
          semaphore.release();
          next.await();
        });
  }

  @Test
  void anItemGoesToTheNextInLine() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          refused(queue::get);
          Task<Integer> next = createTask(() -> queue.get());
          turn();
          queue.putNow(1);
          assertThat(next.await()).isEqualTo(1);
        });
  }

  @Test
  void roomGoesToTheNextInLine() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>(1);
          queue.putNow(0);
          refused(() -> queue.put(1));
          Task<Void> next = createTask(() -> queue.put(2));
          turn();
          queue.getNow();
          next.await();
          assertThat(queue.getNow()).isEqualTo(2);
        });
  }

  @Test
  void aResultGoesToTheNextInLine() throws Exception {
    run(
        () -> {
          Iterator<Awaitable<Integer>> results =
              asCompleted(List.of(createTask(() -> after(5)), createTask(() -> after(100))))
                  .iterator();
          refused(results.next()::await);
          long start = loop.timeNanos();
          assertThat(results.next().await()).isEqualTo(5);
          assertThat(elapsedMillis(start)).isEqualTo(5);
        });
  }

  private void refused(Action wait) {
    synchronized (monitor) {
      assertThatIllegalStateException().isThrownBy(wait::run).withMessageContaining("synchronized");
    }
  }

  private static int after(int millis) {
    sleep(ms(millis));
    return millis;
  }
}
