package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class EventTest extends AsyncTestCase {

  private final Event event = new Event();

  @Test
  void aNewEventIsNotSet() {
    assertThat(event.isSet()).isFalse();
  }

  @Test
  void setWakesAllWhoWaitInTheirOrder() throws Exception {
    run(
        () -> {
          for (int i = 0; i < 3; i++) {
            int number = i;
            createTask(
                () -> {
                  event.await();
                  trace(number);
                });
          }
          turn();
          event.set();
          turn();
          assertTrace(0, 1, 2);
        });
  }

  @Test
  void waitingForASetEventDoesNotGiveWay() throws Exception {
    run(
        () -> {
          event.set();
          loop.callSoon(() -> trace("other"));
          event.await();
          assertTrace();
        });
  }

  @Test
  void aClearedEventMakesTasksWaitAgain() throws Exception {
    run(
        () -> {
          event.set();
          event.clear();
          Task<Void> task = createTask(event::await);
          turns(3);
          assertThat(task.isDone()).isFalse();
          event.set();
          task.await();
        });
  }

  @Test
  void whoWaitedWhenItWasSetGoesOnEvenIfItIsClearedAtOnce() throws Exception {
    run(
        () -> {
          Task<Void> task = createTask(event::await);
          turn();
          event.set();
          event.clear();
          turn();
          assertThat(task.isDone()).isTrue();
        });
  }

  @Test
  void aCancelledWaiterIsForgotten() throws Exception {
    run(
        () -> {
          Task<Void> task = createTask(event::await);
          turn();
          task.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
          event.set();
          assertThat(event.isSet()).isTrue();
        });
  }
}
