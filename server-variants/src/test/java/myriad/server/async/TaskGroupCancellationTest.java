package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TaskGroupCancellationTest extends TaskGroupTestCase {

  @Test
  void aTaskThatIsCancelledByItselfIsNoFailure() throws Exception {
    run(
        () -> {
          TaskGroup.run(
              group -> {
                Task<Void> victim = group.createTask(() -> sleep(ms(50)));
                group.createTask(() -> sleepThenTrace(10, "other"));
                turn();
                victim.cancel();
              });
          assertTrace("other");
        });
  }

  @Test
  void cancellingTheParentInTheBodyCancelsTheTasksAndIsThrown() throws Exception {
    run(
        () -> {
          Task<Void> parent =
              createTask(
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.createTask(() -> sleepThenTrace(50, "task"));
                            sleep(ms(100));
                          }));
          turns(2);
          parent.cancel("outside");
          assertThatExceptionOfType(CancelledError.class)
              .isThrownBy(parent::await)
              .withMessage("outside");
          assertTrace("cancelled task");
        });
  }

  @Test
  void cancellingTheParentWhileItWaitsForTheTasksCancelsThem() throws Exception {
    run(
        () -> {
          Task<Void> parent =
              createTask(
                  () -> TaskGroup.run(group -> group.createTask(() -> sleepThenTrace(50, "task"))));
          turns(3);
          parent.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(parent::await);
          assertTrace("cancelled task");
        });
  }

  @Test
  void aFailureOutweighsACancellationOfTheParent() throws Exception {
    run(
        () -> {
          Task<Void> parent =
              createTask(
                  () ->
                      TaskGroup.run(
                          group ->
                              group.createTask(
                                  () -> {
                                    try {
                                      sleep(ms(50));
                                    } finally {
                                      failAfter(1, "clean-up");
                                    }
                                  })));
          turns(3);
          parent.cancel();
          failuresOf(parent::await).containsExactly("clean-up");
        });
  }

  @Test
  void aTimeoutAroundAGroupCancelsItsTasks() throws Exception {
    run(
        () -> {
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(
                  () ->
                      Async.timeout(
                          ms(10),
                          () ->
                              TaskGroup.run(
                                  group -> group.createTask(() -> sleepThenTrace(50, "task")))));
          assertTrace("cancelled task");
        });
  }

  @Test
  void aCancellationFromOutsideThatMeetsAFailureIsThrownAtTheNextAwait() throws Exception {
    run(
        () -> {
          Task<Void> parent =
              createTask(
                  () -> {
                    failuresOf(
                            () ->
                                TaskGroup.run(
                                    group -> group.createTask(() -> failWhenCancelled("task"))))
                        .containsExactly("task");
                    trace("cancelling " + Task.current("a test").cancelling());
                    turn();
                    trace("never");
                  });
          turns(3);
          parent.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(parent::await);
          assertTrace("cancelling 1");
        });
  }

  @Test
  void theInnerOfTwoGroupsLeavesTheRequestOfTheOuterInPlace() throws Exception {
    run(
        () -> {
          failuresOf(
                  () ->
                      TaskGroup.run(
                          outer -> {
                            outer.createTask(() -> failAfter(10, "outer"));
                            failuresOf(
                                    () ->
                                        TaskGroup.run(
                                            inner ->
                                                inner.createTask(() -> failWhenCancelled("inner"))))
                                .containsExactly("inner");
                            turn();
                            trace("never");
                          }))
              .containsExactly("outer");
          assertTrace();
          assertThat(Task.current("a test").cancelling()).isZero();
        });
  }
}
