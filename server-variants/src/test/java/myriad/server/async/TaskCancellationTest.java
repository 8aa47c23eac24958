package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskCancellationTest extends AsyncTestCase {

  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void cancellingATaskThatSleepsThrowsAtItsAwait() throws Exception {
    run(
        () -> {
          Task<Void> task = createTask(() -> sleepAndTrace());
          turn();
          assertThat(task.cancel("stop it")).isTrue();
          assertThat(task.isDone()).as("a request only").isFalse();
          assertThatExceptionOfType(CancelledError.class)
              .isThrownBy(task::await)
              .withMessage("stop it");
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
          turn();
          assertThat(task.isCancelled()).isTrue();
          assertTrace();
        });
  }

  @Test
  void cancellingADoneTaskAnswersFalse() throws Exception {
    run(
        () -> {
          Task<Integer> task = createTask(() -> 1);
          task.await();
          assertThat(task.cancel()).isFalse();
          assertThat(task.isCancelled()).isFalse();
        });
  }

  @Test
  void aTaskMayAwaitInItsFinallyWhileItIsCancelled() throws Exception {
    run(
        () -> {
          Task<Void> task =
              createTask(
                  () -> {
                    try {
                      sleep(LONG);
                    } finally {
                      sleep(ms(10));
                      trace("cleaned up");
                    }
                  });
          turn();
          task.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
          assertTrace("cleaned up");
        });
  }

  @Test
  void aSecondCancelInterruptsTheCleanUp() throws Exception {
    run(
        () -> {
          Task<Void> task =
              createTask(
                  () -> {
                    try {
                      sleep(LONG);
                    } finally {
                      sleep(LONG);
                      trace("cleaned up");
                    }
                  });
          turn();
          task.cancel();
          turn();
          task.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
          assertThat(task.cancelling()).isEqualTo(2);
          assertTrace();
        });
  }

  @Test
  void catchExceptionDoesNotSwallowACancellation() throws Exception {
    run(
        () -> {
          Task<Void> task =
              createTask(
                  () -> {
                    try {
                      sleep(LONG);
                    } catch (Exception swallowed) {
                      trace("swallowed");
                    }
                  });
          turn();
          task.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
          assertTrace();
        });
  }

  @Test
  void aTaskThatRefusesACancellationGoesOn() throws Exception {
    run(
        () -> {
          Task<String> task =
              createTask(
                  () -> {
                    try {
                      sleep(LONG);
                    } catch (CancelledError refused) {
                      sleep(ms(1));
                    }
                    return "went on";
                  });
          turn();
          task.cancel();
          assertThat(task.await()).isEqualTo("went on");
          assertThat(task.isCancelled()).isFalse();
          assertThat(task.cancelling()).isEqualTo(1);
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
          Task<String> task =
              createTask(
                  () -> {
                    own().cancel();
                    own().uncancel();
                    turn();
                    return "went on";
                  });
          assertThat(task.await()).isEqualTo("went on");
        });
  }

  @Test
  void cancellingATaskCancelsTheFutureItAwaits() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          Task<Integer> task = createTask(() -> future.await());
          turn();
          task.cancel("why");
          assertThat(future.isCancelled()).isTrue();
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
          Task<Void> outer = createTask(() -> middle.await());
          turn();
          outer.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(outer::await);
          assertThat(List.of(inner, middle, outer)).allMatch(Future::isCancelled);
        });
  }

  @Test
  void awaitingAFutureThatIsCancelledThrowsButIsNoRequestToTheTask() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          Task<String> task =
              createTask(
                  () -> {
                    try {
                      future.await();
                      return "result";
                    } catch (CancelledError cancelled) {
                      return "requests: " + own().cancelling();
                    }
                  });
          turn();
          future.cancel();
          assertThat(task.await()).isEqualTo("requests: 0");
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
          assertThatExceptionOfType(CancelledError.class)
              .isThrownBy(task::await)
              .withMessage("self");
          assertTrace("still runs");
        });
  }

  @Test
  void aTaskThatCancelsItselfAndReturnsIsCancelledAllTheSame() throws Exception {
    run(
        () -> {
          Task<Integer> task =
              createTask(
                  () -> {
                    own().cancel();
                    return 1;
                  });
          assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
        });
  }

  @Test
  void cancellingAfterTheAwaitedFutureIsDoneStillCancels() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          Task<Integer> task = createTask(() -> future.await());
          turn();
          future.setResult(1);
          task.cancel("late");
          assertThatExceptionOfType(CancelledError.class)
              .isThrownBy(task::await)
              .withMessage("late");
        });
  }

  @Test
  void aCoroutineThatThrowsCancelledErrorCancelsItsTask() throws Exception {
    run(
        () -> {
          Task<Integer> task =
              createTask(
                  () -> {
                    throw new CancelledError("by hand");
                  });
          turn();
          assertThat(task.isCancelled()).isTrue();
        });
  }

  @Test
  void anExceptionDuringACancellationReplacesIt() throws Exception {
    run(
        () -> {
          Task<Integer> task =
              createTask(
                  () -> {
                    try {
                      sleep(LONG);
                      return 1;
                    } catch (CancelledError cancelled) {
                      throw new IOException("while cleaning up", cancelled);
                    }
                  });
          turn();
          task.cancel();
          assertThatThrownBy(task::await).hasMessage("while cleaning up");
          assertThat(task.isCancelled()).isFalse();
        });
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

  private static Task<?> own() {
    return Task.current("a test");
  }
}
