package myriad.server.async;

import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TaskGroupFailureTest extends TaskGroupTestCase {

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
  void anErrorOfTheJvmItselfInTheBodyIsThrownAsItIsAndEndsTheRun() {
    InternalError trouble = new InternalError("jvm");

    assertThatThrownBy(
            () ->
                run(
                    () ->
                        TaskGroup.run(
                            group -> {
                              group.createTask(() -> sleepThenTrace(50, "task"));
                              turn();
                              throw trouble;
                            })))
        .isSameAs(trouble);
    assertTrace("cancelled task");
  }
}
