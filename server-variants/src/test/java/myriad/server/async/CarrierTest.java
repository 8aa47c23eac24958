package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarrierTest extends AsyncTestCase {

  @Test
  void thisJvmWasStartedForContinuationsAndUsesThem() {
    assertThat(CarrierChoice.inUse().id()).isEqualTo("continuation");
    assertThat(CarrierChoice.inUse().reason()).isNotBlank();
  }

  @Test
  void aWishIsGranted() {
    CarrierChoice.Chosen chosen = CarrierChoice.choose("virtual-thread");

    assertThat(chosen.carrier()).isInstanceOf(VirtualThreadCarrier.class);
    assertThat(chosen.choice().reason()).contains(CarrierChoice.PROPERTY);
  }

  @Test
  void anUnknownWishIsRefusedWithTheChoices() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CarrierChoice.choose("fibers"))
        .withMessageContaining("fibers")
        .withMessageContaining("continuation or virtual-thread");
  }

  @Test
  void theFallbackSaysWhyAndWhatWouldHelp() {
    CarrierChoice choice =
        CarrierChoice.fallback(new UnsupportedOperationException("not exported")).choice();

    assertThat(choice.id()).isEqualTo("virtual-thread");
    assertThat(choice.reason()).contains("not exported").contains("--add-exports");
  }

  @Test
  void localVariablesSurviveManySuspensions() throws Exception {
    run(
        () -> {
          long sum = 0;
          for (int i = 0; i < 1_000; i++) {
            turn();
            sum += i;
          }
          assertThat(sum).isEqualTo(499_500);
        });
  }

  @Test
  void tenThousandTasksWaitAtOnce() throws Exception {
    run(
        () -> {
          Event start = new Event();
          int[] woken = {0};
          List<Task<Void>> tasks = new ArrayList<>();
          for (int i = 0; i < 10_000; i++) {
            tasks.add(
                createTask(
                    () -> {
                      start.await();
                      woken[0]++;
                    }));
          }
          turn();
          start.set();
          Async.wait(tasks);
          assertThat(woken[0]).isEqualTo(10_000);
        });
  }

  @Test
  void aTaskMayAwaitInsideANestedCallWithAFinally() throws Exception {
    run(
        () -> {
          try {
            turn();
          } finally {
            turn();
            trace("finally");
          }
          assertTrace("finally");
        });
  }

  @Test
  void awaitingInAStaticInitialiserIsRefusedWhereItCannotWork() throws Exception {
    assumeThat(carrier)
        .as("a virtual thread waits with its native frames, and so does the loop")
        .isInstanceOf(ContinuationCarrier.class);
    run(
        () ->
            assertThatThrownBy(() -> trace(AwaitsInInitialiser.VALUE))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("NATIVE"));
    run(AsyncTestCase::turn);
  }

  private static final class AwaitsInInitialiser {
    static final int VALUE = awaitThenGive();

    private static int awaitThenGive() {
      turn();
      return 1;
    }
  }
}
