package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ContextTest extends AsyncTestCase {

  private final ContextVar<String> user = new ContextVar<>("user", "nobody");

  @Test
  void aVariableHasItsDefaultUntilItIsSet() throws Exception {
    assertThat(user.get()).isEqualTo("nobody");
    run(() -> assertThat(user.get()).isEqualTo("nobody"));
  }

  @Test
  void aTaskSeesWhatItsMakerHadSet() throws Exception {
    run(
        () -> {
          user.set("ann");
          assertThat(createTask(() -> user.get()).await()).isEqualTo("ann");
        });
  }

  @Test
  void whatATaskSetsStaysItsOwnOverItsAwaits() throws Exception {
    run(
        () -> {
          user.set("ann");
          for (String name : new String[] {"bob", "eve"}) {
            createTask(
                () -> {
                  user.set(name);
                  turn();
                  trace(user.get());
                });
          }
          turns(2);
          assertTrace("bob", "eve");
          assertThat(user.get()).isEqualTo("ann");
        });
  }

  @Test
  void aTaskSeesTheValueOfItsMakingNotOfItsStart() throws Exception {
    run(
        () -> {
          user.set("before");
          Task<String> task = createTask(() -> user.get());
          user.set("after");
          assertThat(task.await()).isEqualTo("before");
        });
  }

  @Test
  void aCallbackRunsInACopyOfTheContextThatScheduledIt() throws Exception {
    run(
        () -> {
          user.set("ann");
          loop.callSoon(
              () -> {
                trace(user.get());
                user.set("callback");
              });
          turn();
          assertTrace("ann");
          assertThat(user.get()).isEqualTo("ann");
        });
  }

  @Test
  void aTaskMayBeGivenAContextToShare() throws Exception {
    run(
        () -> {
          Task<Void> task =
              loop.createTask(
                  ((Action) () -> user.set("shared")).asAwaitable(), "sharer", Context.current());
          task.await();
          assertThat(user.get()).isEqualTo("shared");
        });
  }

  @Test
  void settingAVariableOutsideALoopSaysWhatToDo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> user.set("ann"))
        .withMessageContaining("Async.run");
  }
}
