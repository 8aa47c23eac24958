package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class QueueTest extends AsyncTestCase {

  @Test
  void itemsComeOutInTheOrderOfGoingIn() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          queue.put(1);
          queue.put(2);
          assertThat(queue.get()).isEqualTo(1);
          assertThat(queue.get()).isEqualTo(2);
          assertThat(queue.isEmpty()).isTrue();
        });
  }

  @Test
  void getWaitsForAnItem() throws Exception {
    run(
        () -> {
          Queue<String> queue = new Queue<>();
          loop.callLater(ms(5), () -> queue.putNow("late"));
          assertThat(queue.get()).isEqualTo("late");
        });
  }

  @Test
  void gettersAreServedInTheOrderOfAsking() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          for (String name : new String[] {"a", "b"}) {
            createTask(() -> trace(name + queue.get()));
          }
          turn();
          queue.put(1);
          queue.put(2);
          turn();
          assertTrace("a1", "b2");
        });
  }

  @Test
  void putWaitsWhileABoundedQueueIsFull() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>(1);
          createTask(
              () -> {
                for (int i = 0; i < 3; i++) {
                  queue.put(i);
                  trace("put " + i);
                }
              });
          turns(3);
          assertTrace("put 0");
          assertThat(queue.isFull()).isTrue();
          assertThat(queue.get()).isZero();
          turns(2);
          assertTrace("put 0", "put 1");
        });
  }

  @Test
  void aFullQueueRefusesPutNow() {
    Queue<Integer> queue = new Queue<>(1);
    queue.putNow(1);

    assertThatIllegalStateException()
        .isThrownBy(() -> queue.putNow(2))
        .withMessageContaining("full");
  }

  @Test
  void anEmptyQueueRefusesGetNow() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(new Queue<Integer>()::getNow)
        .withMessageContaining("empty");
  }

  @Test
  void aCancelledGetterTakesNothing() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          Task<Integer> getter = createTask(() -> queue.get());
          turn();
          getter.cancel();
          turn();
          queue.put(1);
          assertThat(queue.size()).isEqualTo(1);
        });
  }

  @Test
  void aGetterCancelledJustAfterItWasWokenPassesTheItemOn() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          Task<Integer> first = createTask(() -> queue.get());
          Task<Integer> second = createTask(() -> queue.get());
          turn();
          queue.putNow(1);
          first.cancel();
          assertThat(second.await()).isEqualTo(1);
          assertThat(first.isCancelled()).isTrue();
        });
  }

  @Test
  void aPutterCancelledJustAfterItWasWokenPassesTheRoomOn() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>(1);
          queue.putNow(0);
          Task<Void> first = createTask(() -> queue.put(1));
          Task<Void> second = createTask(() -> queue.put(2));
          turn();
          queue.getNow();
          first.cancel();
          second.await();
          assertThat(queue.getNow()).isEqualTo(2);
        });
  }

  @Test
  void joinWaitsUntilEveryItemIsDone() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          queue.put(1);
          queue.put(2);
          createTask(
              () -> {
                while (true) {
                  queue.get();
                  sleep(ms(10));
                  queue.taskDone();
                }
              });
          long start = loop.timeNanos();
          queue.join();
          assertThat(elapsedMillis(start)).isEqualTo(20);
        });
  }

  @Test
  void joinOfAQueueThatWasNeverUsedReturnsAtOnce() throws Exception {
    run(() -> new Queue<Integer>().join());
    assertThat(reports).isEmpty();
  }

  @Test
  void moreTaskDoneThanItemsIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(new Queue<Integer>()::taskDone)
        .withMessageContaining("more often");
  }

  @Test
  void aNegativeCapacityIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Queue<Integer>(-1))
        .withMessageContaining("1 and more");
  }
}
