package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SemaphoreTest extends AsyncTestCase {

  @Test
  void noMoreTasksThanPermitsAreInside() throws Exception {
    run(
        () -> {
          Semaphore semaphore = new Semaphore(3);
          int[] inside = {0};
          int[] most = {0};
          List<Task<Void>> tasks = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            tasks.add(
                createTask(
                    () -> {
                      try (var _ = semaphore.hold()) {
                        most[0] = Math.max(most[0], ++inside[0]);
                        sleep(ms(5));
                        inside[0]--;
                      }
                    }));
          }
          long start = loop.timeNanos();
          Async.wait(tasks);
          assertThat(most[0]).isEqualTo(3);
          assertThat(elapsedMillis(start)).as("four rounds").isEqualTo(20);
        });
  }

  @Test
  void nobodyOvertakesAWaiter() throws Exception {
    run(
        () -> {
          Semaphore semaphore = new Semaphore(1);
          semaphore.acquire();
          Task<Void> waiting = createTask(() -> acquireAndTrace(semaphore, "waiting"));
          turn();
          semaphore.release();
          assertThat(semaphore.isLocked()).as("the permit is the waiter's").isTrue();
          Task<Void> latecomer = createTask(() -> acquireAndTrace(semaphore, "latecomer"));
          waiting.await();
          semaphore.release();
          latecomer.await();
          assertTrace("waiting", "latecomer");
        });
  }

  @Test
  void aCancelledWaiterLeavesItsPermitToOthers() throws Exception {
    run(
        () -> {
          Semaphore semaphore = new Semaphore(1);
          semaphore.acquire();
          Task<Void> first = createTask(() -> acquireAndTrace(semaphore, "first"));
          Task<Void> second = createTask(() -> acquireAndTrace(semaphore, "second"));
          turn();
          semaphore.release();
          first.cancel();
          second.await();
          assertTrace("second");
        });
  }

  @Test
  void releasingWithoutBoundAddsPermits() throws Exception {
    run(
        () -> {
          Semaphore semaphore = new Semaphore(0);
          semaphore.release();
          semaphore.acquire();
          assertThat(semaphore.isLocked()).isTrue();
        });
  }

  @Test
  void aBoundedSemaphoreRefusesOneReleaseTooMany() {
    assertThatIllegalStateException()
        .isThrownBy(Semaphore.bounded(2)::release)
        .withMessageContaining("all 2 permits");
  }

  @Test
  void aNegativeNumberOfPermitsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Semaphore(-1))
        .withMessageContaining("0 and more");
  }

  private void acquireAndTrace(Semaphore semaphore, String who) {
    semaphore.acquire();
    trace(who);
  }
}
