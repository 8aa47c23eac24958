package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QueueShutDownTest extends AsyncTestCase {

  @Test
  void whatWasPutBeforeCanStillBeTaken() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          queue.put(1);
          queue.put(2);
          queue.shutDown();
          assertShutDown(() -> queue.put(3));
          assertShutDown(() -> queue.putNow(3));
          assertThat(queue.get()).isEqualTo(1);
          assertThat(queue.getNow()).isEqualTo(2);
          assertShutDown(queue::get);
          assertShutDown(queue::getNow);
        });
  }

  @Test
  void whoWaitsForAnItemIsWokenAndTold() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          Task<Integer> getter = createTask(() -> queue.get());
          turn();
          queue.shutDown();
          assertShutDown(getter::await);
        });
  }

  @Test
  void whoWaitsForRoomIsWokenAndTold() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>(1);
          queue.put(1);
          Task<Void> putter = createTask(() -> queue.put(2));
          turn();
          queue.shutDown();
          assertShutDown(putter::await);
          assertThat(queue.get()).isEqualTo(1);
        });
  }

  @Test
  void itemsAreDroppedAndCountAsDoneWhereItIsShutDownNow() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          queue.put(1);
          queue.put(2);
          queue.get();
          Task<Void> joiner = createTask(queue::join);
          turn();
          queue.shutDownNow();
          assertShutDown(queue::getNow);
          turns(2);
          assertThat(joiner.isDone()).as("one item is still at work").isFalse();
          queue.taskDone();
          joiner.await();
        });
  }

  @Test
  void joinReturnsWhereNothingIsLeftAfterItWasShutDownNow() throws Exception {
    run(
        () -> {
          Queue<Integer> queue = new Queue<>();
          queue.put(1);
          Task<Void> joiner = createTask(queue::join);
          turn();
          queue.shutDownNow();
          joiner.await();
        });
  }

  private static void assertShutDown(ThrowingCallable call) {
    assertThatExceptionOfType(QueueShutDownException.class).isThrownBy(call);
  }
}
