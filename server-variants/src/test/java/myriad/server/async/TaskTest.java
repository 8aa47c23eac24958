package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTest extends AsyncTestCase {

  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void aTaskStartsAtTheNextTurnNotAtItsMaking() throws Exception {
    run(
        () -> {
          createTask(() -> trace("task"));
          trace("made");
          turn();
          assertTrace("made", "task");
        });
  }

  @Test
  void tasksStartInTheOrderOfMaking() throws Exception {
    run(
        () -> {
          for (int i = 0; i < 5; i++) {
            int number = i;
            createTask(() -> trace(number));
          }
          turn();
          assertTrace(0, 1, 2, 3, 4);
        });
  }

  @Test
  void givingWayAlternatesBetweenTasks() throws Exception {
    run(
        () -> {
          for (String name : List.of("a", "b")) {
            createTask(
                () -> {
                  for (int i = 0; i < 3; i++) {
                    trace(name + i);
                    turn();
                  }
                });
          }
          turns(4);
          assertTrace("a0", "b0", "a1", "b1", "a2", "b2");
        });
  }

  @Test
  void twoSleepsAtOnceTakeAsLongAsTheLongerOne() throws Exception {
    run(
        () -> {
          long start = loop.timeNanos();
          Task<Void> one = createTask(() -> sleep(ms(10)));
          Task<Void> two = createTask(() -> sleep(ms(20)));
          one.await();
          two.await();
          assertThat(elapsedMillis(start)).isEqualTo(20);
        });
  }

  @Test
  void awaitingACoroutineDirectlyRunsItInTheSameTask() throws Exception {
    run(
        () -> {
          Task<?> outer = Async.currentTask();
          Async.await(
              () -> {
                assertThat(Async.currentTask()).isSameAs(outer);
                return 1;
              });
        });
  }

  @Test
  void aTasksResultIsWhatItsCoroutineReturned() throws Exception {
    run(() -> assertThat(createTask(() -> "value").await()).isEqualTo("value"));
  }

  @Test
  void aCheckedExceptionArrivesAtTheAwaitItself() throws Exception {
    run(
        () -> {
          IOException failure = new IOException("disk");
          Task<Integer> task =
              createTask(
                  () -> {
                    throw failure;
                  });
          assertThatThrownBy(task::await).isSameAs(failure);
          assertThat(task.isCancelled()).isFalse();
        });
  }

  @Test
  void anErrorArrivesAtTheAwaitToo() throws Exception {
    run(
        () -> {
          Task<Void> task = createTask(TaskTest::overflowTheStack);
          assertThatThrownBy(task::await).isInstanceOf(StackOverflowError.class);
        });
  }

  @Test
  void aTaskMayAwaitFromDeepWithinItsCalls() throws Exception {
    run(() -> assertThat(createTask(() -> depth(500)).await()).isEqualTo(500));
  }

  @Test
  void aTaskCannotAwaitItself() throws Exception {
    run(
        () ->
            assertThatIllegalStateException()
                .isThrownBy(() -> Async.await(own()))
                .withMessageContaining("itself"));
  }

  @Test
  void createTaskRefusesAFuture() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          assertThatIllegalArgumentException()
              .isThrownBy(() -> createTask(future))
              .withMessageContaining("ensureFuture");
        });
  }

  @Test
  void ensureFutureGivesAFutureBackAsItIs() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          assertThat(Async.ensureFuture(future)).isSameAs(future);
        });
  }

  @Test
  void ensureFutureMakesATaskOfACoroutine() throws Exception {
    run(
        () -> {
          Future<Integer> made = Async.ensureFuture(() -> 9);
          assertThat(made).isInstanceOf(Task.class);
          assertThat(made.await()).isEqualTo(9);
        });
  }

  @Test
  void nobodyElseMayCompleteATask() throws Exception {
    run(
        () -> {
          Task<Integer> task = createTask(() -> 1);
          assertThatExceptionOfType(UnsupportedOperationException.class)
              .isThrownBy(() -> task.setResult(2));
          assertThatExceptionOfType(UnsupportedOperationException.class)
              .isThrownBy(() -> task.setException(new IOException()));
        });
  }

  @Test
  void tasksHaveNamesGivenOrMade() throws Exception {
    run(
        () -> {
          Task<Integer> given = createTask("given", () -> 1);
          Task<Integer> made = createTask(() -> 1);
          assertThat(given.name()).isEqualTo("given");
          assertThat(made.name()).matches("Task-\\d+");
          made.setName("changed");
          assertThat(made).hasToString("Task changed[pending]");
        });
  }

  @Test
  void namesAreNumberedInTheOrderOfMakingWhoeverAsksFirst() throws Exception {
    run(
        () -> {
          Task<Integer> first = createTask(() -> 1);
          createTask("given", () -> 2);
          Task<Integer> second = createTask(() -> 3);
          int numberOfSecond = numberOf(second);
          assertThat(numberOf(first)).isEqualTo(numberOfSecond - 1);
        });
  }

  @Test
  void currentTaskIsNullInACallback() throws Exception {
    run(
        () -> {
          loop.callSoon(() -> trace(Async.currentTask() == null));
          turn();
          assertTrace(true);
        });
  }

  @Test
  void allTasksListsThoseThatAreNotDone() throws Exception {
    run(
        () -> {
          Task<Void> sleeper = createTask(() -> sleep(LONG));
          Task<Integer> quick = createTask(() -> 1);
          quick.await();
          assertThat(Async.allTasks()).contains(sleeper).doesNotContain(quick).hasSize(2);
        });
  }

  @Test
  void aTaskNobodyRefersToIsNotLost() throws Exception {
    run(
        () -> {
          createTask(
              () -> {
                Future<Void> elapsed = loop.createFuture();
                loop.callLater(ms(5), () -> elapsed.setResult(null));
                elapsed.await();
                trace("done");
              });
          turn();
          System.gc();
          sleep(ms(10));
          assertTrace("done");
        });
  }

  private static int numberOf(Task<?> task) {
    return Integer.parseInt(task.name().substring("Task-".length()));
  }

  private static Task<?> own() {
    return Task.current("a test");
  }

  @SuppressWarnings("InfiniteRecursion") // Meant to overflow.
  private static void overflowTheStack() {
    overflowTheStack();
  }

  private static int depth(int levels) {
    if (levels == 0) {
      turn();
      return 0;
    }
    return 1 + depth(levels - 1);
  }
}
