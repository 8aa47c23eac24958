package myriad.server.async;

import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class TaskGroupTest extends TaskGroupTestCase {

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
  void aTaskOfAGroupMayHaveANameAndAContext() throws Exception {
    ContextVar<String> user = new ContextVar<>("user", "nobody");
    run(
        () -> {
          Context shared = Context.current();
          TaskGroup.run(
              group -> {
                Task<Void> named = group.createTask("named", () -> user.set("its own"));
                Task<Void> sharing =
                    group.createTask(
                        ((Action) () -> user.set("shared")).asAwaitable(), "sharing", shared);
                assertThat(named.name()).isEqualTo("named");
                assertThat(sharing.name()).isEqualTo("sharing");
                assertThat(sharing.context()).isSameAs(shared);
              });
          assertThat(user.get()).isEqualTo("shared");
        });
  }
}
