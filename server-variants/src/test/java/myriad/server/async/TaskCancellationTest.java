package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class TaskCancellationTest extends AsyncTestCase {

  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void cancellingATaskThatSleepsThrowsAtItsAwait() throws Exception {
    run(
        () -> {
          Task<?> task = started(this::sleepAndTrace);
          assertThat(task.cancel("stop it")).isTrue();
          assertThat(task.isDone()).as("a request only").isFalse();
          assertCancelled(task).withMessage("stop it");
          assertThat(task.isCancelled()).isTrue();
          assertTrace("cancelled: stop it", "finally");
        });
  }

  @Test
  void cancellingATaskBeforeItsStartKeepsItsCoroutineFromRunning() throws Exception {
    run(
        () -> {
          Task<Void> task = createTask(() -> trace("started"));
          task.cancel();
          assertCancelled(task);
          assertTrace();
        });
  }

  @Test
  void cancellingADoneTaskAnswersFalse() throws Exception {
    run(
        () -> {
          Task<?> task = started(() -> {});
          assertThat(task.cancel()).isFalse();
          assertThat(task.isCancelled()).isFalse();
        });
  }

  @Test
  void aTaskMayAwaitInItsFinallyWhileItIsCancelled() throws Exception {
    run(
        () -> {
          Task<?> task = started(() -> sleepThenCleanUpFor(ms(10)));
          task.cancel();
          assertCancelled(task);
          assertTrace("cleaned up");
        });
  }

  @Test
  void aSecondCancelInterruptsTheCleanUp() throws Exception {
    run(
        () -> {
          Task<?> task = started(() -> sleepThenCleanUpFor(LONG));
          task.cancel();
          turn();
          task.cancel();
          assertCancelled(task);
          assertThat(task.cancelling()).isEqualTo(2);
          assertTrace();
        });
  }

  @Test
  void catchExceptionDoesNotSwallowACancellation() throws Exception {
    run(
        () -> {
          Task<?> task =
              started(
                  () -> {
                    try {
                      sleep(LONG);
                    } catch (Exception swallowed) {
                      trace("swallowed");
                    }
                  });
          task.cancel();
          assertCancelled(task);
          assertTrace();
        });
  }

  @Test
  void aTaskThatRefusesACancellationGoesOn() throws Exception {
    run(
        () -> {
          Task<?> task =
              started(
                  () -> {
                    try {
                      sleep(LONG);
                    } catch (CancelledError refused) {
                      sleep(ms(1));
                    }
                    trace("went on");
                  });
          task.cancel();
          task.await();
          assertThat(task.isCancelled()).isFalse();
          assertThat(task.cancelling()).isEqualTo(1);
          assertTrace("went on");
        });
  }

  @Test
  void uncancelTakesOneRequestBackAndStopsAtZero() throws Exception {
    run(
        () -> {
          Task<Void> task = createTask(() -> sleep(LONG));
          task.cancel();
          task.cancel();
          assertThat(task.uncancel()).isEqualTo(1);
          assertThat(task.uncancel()).isZero();
          assertThat(task.uncancel()).isZero();
        });
  }

  @Test
  void takingTheLastRequestBackDropsOneThatWasNotThrownYet() throws Exception {
    run(
        () -> {
          own().cancel();
          own().uncancel();
          turn();
          trace("went on");
        });
    assertTrace("went on");
  }

  @Test
  void takingOneOfTwoRequestsBackLeavesTheOther() throws Exception {
    run(
        () -> {
          Task<Void> task =
              createTask(
                  () -> {
                    own().cancel("first");
                    own().cancel("second");
                    own().uncancel();
                    turn();
                    trace("never");
                  });
          assertCancelled(task).withMessage("second");
          assertTrace();
        });
  }

  @Test
  void cancellingATaskCancelsTheFutureItAwaits() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          started(future::await).cancel("why");
          assertThatExceptionOfType(CancelledError.class)
              .isThrownBy(future::result)
              .withMessage("why");
        });
  }

  @Test
  void cancellingATaskCancelsTheTaskItAwaitsAndSoOn() throws Exception {
    run(
        () -> {
          Task<Void> inner = createTask(() -> sleep(LONG));
          Task<Void> middle = createTask(() -> inner.await());
          Task<?> outer = started(middle::await);
          outer.cancel();
          assertCancelled(outer);
          assertThat(List.of(inner, middle)).allMatch(Future::isCancelled);
        });
  }

  @Test
  void awaitingAFutureThatIsCancelledThrowsButIsNoRequestToTheTask() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          Task<?> task = started(future::await);
          future.cancel("of the future");
          assertCancelled(task).withMessage("of the future");
          assertThat(task.cancelling()).isZero();
        });
  }

  @Test
  void aRequestThatMeetsTheCancellationOfTheAwaitedFutureIsThrownAsThat() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          Task<?> task = started(future::await);
          future.cancel("of the future");
          task.cancel("of the task");
          assertCancelled(task).withMessage("of the future");
          assertThat(task.cancelling()).isEqualTo(1);
        });
  }

  @Test
  void aRequestThatMeetsTheResultOfTheAwaitedFutureIsThrown() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          Task<?> task = started(future::await);
          future.setResult(1);
          task.cancel("late");
          assertCancelled(task).withMessage("late");
        });
  }

  @Test
  void aTaskThatCancelsItselfStopsAtItsNextAwait() throws Exception {
    run(
        () -> {
          Task<Void> task =
              createTask(
                  () -> {
                    own().cancel("self");
                    trace("still runs");
                    turn();
                    trace("never");
                  });
          assertCancelled(task).withMessage("self");
          assertTrace("still runs");
        });
  }

  @Test
  void aTaskThatCancelsItselfAndReturnsIsCancelledAllTheSame() throws Exception {
    run(() -> assertCancelled(createTask(() -> own().cancel())));
  }

  @Test
  void aCoroutineThatThrowsCancelledErrorCancelsItsTask() throws Exception {
    run(
        () -> {
          Task<Void> task =
              createTask(
                  () -> {
                    throw new CancelledError("by hand");
                  });
          assertCancelled(task).withMessage("by hand");
          assertThat(task.isCancelled()).isTrue();
        });
  }

  @Test
  void anExceptionDuringACancellationReplacesIt() throws Exception {
    run(
        () -> {
          Task<?> task =
              started(
                  () -> {
                    try {
                      sleep(LONG);
                    } catch (CancelledError cancelled) {
                      throw new IOException("while cleaning up", cancelled);
                    }
                  });
          task.cancel();
          assertThatThrownBy(task::await).hasMessage("while cleaning up");
          assertThat(task.isCancelled()).isFalse();
        });
  }

  /** A task that has run to its first await. */
  private static Task<?> started(Action coroutine) {
    Task<Void> task = createTask(coroutine);
    turn();
    return task;
  }

  private static ThrowableAssertAlternative<CancelledError> assertCancelled(Task<?> task) {
    return assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
  }

  private void sleepAndTrace() {
    try {
      sleep(LONG);
    } catch (CancelledError cancelled) {
      trace("cancelled: " + cancelled.getMessage());
      throw cancelled;
    } finally {
      trace("finally");
    }
  }

  private void sleepThenCleanUpFor(Duration duration) {
    try {
      sleep(LONG);
    } finally {
      sleep(duration);
      trace("cleaned up");
    }
  }

  private static Task<?> own() {
    return Task.current("a test");
  }
}
