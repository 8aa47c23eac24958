package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TaskGroupTest extends AsyncTestCase {

  @Test
  void aGroupWaitsForAllItsTasks() throws Exception {
    run(
        () -> {
          TaskGroup.run(
              group -> {
                group.createTask(() -> sleepThenTrace(20, "slow"));
                group.createTask(() -> sleepThenTrace(10, "fast"));
                trace("body");
              });
          trace("after");
          assertTrace("body", "fast", "slow", "after");
        });
  }

  @Test
  void aGroupWithoutTasksIsJustItsBody() throws Exception {
    run(() -> assertThat(TaskGroup.<Integer>call(group -> 4)).isEqualTo(4));
  }

  @Test
  void resultsAreTakenFromTheTasksAfterTheGroup() throws Exception {
    run(
        () -> {
          Task<Integer> task = TaskGroup.call(group -> group.createTask(() -> 6));
          assertThat(task.result()).isEqualTo(6);
        });
  }

  @Test
  void theFirstFailureCancelsTheOtherTasks() throws Exception {
    run(
        () -> {
          failuresOf(
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.createTask(() -> sleepThenTrace(50, "never"));
                            group.createTask(() -> failAfter(10, "first"));
                          }))
              .containsExactly("first");
          assertTrace("cancelled never");
        });
  }

  @Test
  void theFirstFailureCancelsTheBodyToo() throws Exception {
    run(
        () -> {
          failuresOf(
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.createTask(() -> failAfter(10, "task"));
                            sleepThenTrace(50, "body");
                          }))
              .containsExactly("task");
          assertTrace("cancelled body");
          assertThat(Task.current("a test").cancelling()).isZero();
        });
  }

  @Test
  void failuresOfSeveralTasksAreThrownTogether() throws Exception {
    run(
        () ->
            failuresOf(
                    () ->
                        TaskGroup.run(
                            group -> {
                              group.createTask(() -> failAfter(10, "one"));
                              group.createTask(() -> failAfter(10, "two"));
                            }))
                .containsExactly("one", "two"));
  }

  @Test
  void aFailureDuringTheCleanUpOfACancelledTaskIsThrownToo() throws Exception {
    run(
        () ->
            failuresOf(
                    () ->
                        TaskGroup.run(
                            group -> {
                              group.createTask(() -> failAfter(10, "first"));
                              group.createTask(
                                  () -> {
                                    try {
                                      sleep(ms(50));
                                    } finally {
                                      failAfter(1, "clean-up");
                                    }
                                  });
                            }))
                .containsExactly("first", "clean-up"));
  }

  @Test
  void aBodyThatFailsCancelsTheTasksAndIsAmongTheFailures() throws Exception {
    run(
        () -> {
          failuresOf(
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.createTask(() -> sleepThenTrace(50, "task"));
                            turn();
                            throw new IOException("body");
                          }))
              .containsExactly("body");
          assertTrace("cancelled task");
        });
  }

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
  void groupsNestAndTheInnerFailureArrivesAsOneOfTheOuter() throws Exception {
    run(
        () ->
            assertThatExceptionOfType(ExceptionGroup.class)
                .isThrownBy(
                    () ->
                        TaskGroup.run(
                            outer ->
                                outer.createTask(
                                    () ->
                                        TaskGroup.run(
                                            inner ->
                                                inner.createTask(() -> failAfter(1, "deep"))))))
                .extracting(group -> group.exceptions().getFirst(), type(ExceptionGroup.class))
                .extracting(group -> group.exceptions().getFirst().getMessage())
                .isEqualTo("deep"));
  }

  @Test
  void aTaskOfTheGroupMayStartAnother() throws Exception {
    run(
        () -> {
          TaskGroup.run(
              group ->
                  group.createTask(
                      () -> {
                        sleep(ms(5));
                        group.createTask(() -> sleepThenTrace(5, "second"));
                        trace("first");
                      }));
          assertTrace("first", "second");
        });
  }

  @Test
  void aGroupThatIsOverTakesNoTask() throws Exception {
    run(
        () -> {
          TaskGroup[] kept = new TaskGroup[1];
          TaskGroup.run(group -> kept[0] = group);
          assertThatIllegalStateException()
              .isThrownBy(() -> kept[0].createTask(() -> 1))
              .withMessageContaining("inside its body");
        });
  }

  @Test
  void aGroupThatShutsDownTakesNoTask() throws Exception {
    run(
        () ->
            failuresOf(
                    () ->
                        TaskGroup.run(
                            group -> {
                              group.createTask(() -> failAfter(1, "first"));
                              try {
                                sleep(ms(50));
                              } finally {
                                assertThatIllegalStateException()
                                    .isThrownBy(() -> group.createTask(() -> 1))
                                    .withMessageContaining("shutting down");
                              }
                            }))
                .containsExactly("first"));
  }

  @Test
  void aGroupOutsideATaskSaysWhatToDo() throws Exception {
    run(
        () -> {
          loop.callSoon(
              () ->
                  assertThatIllegalStateException()
                      .isThrownBy(() -> TaskGroup.run(group -> {}))
                      .withMessageContaining("createTask"));
          turn();
          assertThat(reports).isEmpty();
        });
  }

  @Test
  void aGroupWhoseTaskFailsAfterTheBodyLeavesNoCancelRequest() throws Exception {
    run(
        () -> {
          failuresOf(() -> TaskGroup.run(group -> group.createTask(() -> failAfter(10, "late"))))
              .containsExactly("late");
          assertThat(Task.current("a test").cancelling()).isZero();
          turn();
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

  private void sleepThenTrace(long millis, String what) {
    try {
      sleep(ms(millis));
    } catch (CancelledError cancelled) {
      trace("cancelled " + what);
      throw cancelled;
    }
    trace(what);
  }

  private static void failWhenCancelled(String message) throws IOException {
    try {
      sleep(ms(1_000));
    } finally {
      failAfter(0, message);
    }
  }

  private static void failAfter(long millis, String message) throws IOException {
    sleep(ms(millis));
    throw new IOException(message);
  }

  private static ListAssert<String> failuresOf(ThrowingCallable call) {
    ExceptionGroup group = catchThrowableOfType(ExceptionGroup.class, call);
    assertThat(group).as("what was thrown").isNotNull();
    return assertThat(group.exceptions().stream().map(Throwable::getMessage).toList());
  }
}
