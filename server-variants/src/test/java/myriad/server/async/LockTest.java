package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LockTest extends AsyncTestCase {

  private final Lock lock = new Lock();

  @Test
  void oneTaskAtATimeHoldsTheLockOverItsAwaits() throws Exception {
    run(
        () -> {
          Task<Void> one = createTask(() -> hold("one"));
          Task<Void> two = createTask(() -> hold("two"));
          one.await();
          two.await();
          assertTrace("one in", "one out", "two in", "two out");
          assertThat(lock.isLocked()).isFalse();
        });
  }

  @Test
  void waitersGetTheLockInTheOrderOfAsking() throws Exception {
    run(
        () -> {
          lock.acquire();
          List<Task<Void>> tasks =
              List.of(
                  createTask(() -> hold("a")),
                  createTask(() -> hold("b")),
                  createTask(() -> hold("c")));
          turn();
          lock.release();
          Async.wait(tasks);
          assertTrace("a in", "a out", "b in", "b out", "c in", "c out");
        });
  }

  @Test
  void nobodyOvertakesAWaiterThatWasWokenButHasNotRunYet() throws Exception {
    run(
        () -> {
          lock.acquire();
          Task<Void> waiting = createTask(() -> hold("waiting"));
          turn();
          lock.release();
          hold("latecomer");
          waiting.await();
          assertTrace("waiting in", "waiting out", "latecomer in", "latecomer out");
        });
  }

  @Test
  void aCancelledWaiterGivesUpItsPlace() throws Exception {
    run(
        () -> {
          lock.acquire();
          Task<Void> first = createTask(() -> hold("first"));
          Task<Void> second = createTask(() -> hold("second"));
          turn();
          first.cancel();
          turn();
          lock.release();
          second.await();
          assertTrace("second in", "second out");
        });
  }

  @Test
  void aWaiterCancelledJustAfterItWasWokenPassesTheLockOn() throws Exception {
    run(
        () -> {
          lock.acquire();
          Task<Void> first = createTask(() -> hold("first"));
          Task<Void> second = createTask(() -> hold("second"));
          turn();
          lock.release();
          first.cancel();
          second.await();
          assertTrace("second in", "second out");
          assertThat(first.isCancelled()).isTrue();
        });
  }

  @Test
  void cancellingTheHolderReleasesTheLock() throws Exception {
    run(
        () -> {
          Task<Void> holder = createTask(() -> hold("holder"));
          turn();
          holder.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(holder::await);
          assertThat(lock.isLocked()).isFalse();
        });
  }

  @Test
  void releasingAFreeLockIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(lock::release)
        .withMessageContaining("once for each acquire");
  }

  private void hold(String who) {
    try (var _ = lock.hold()) {
      trace(who + " in");
      sleep(ms(10));
      trace(who + " out");
    }
  }
}
