package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventLoopTest extends AsyncTestCase {

  @Test
  void callbacksRunInTheOrderInWhichTheyWereScheduled() {
    loop.callSoon(() -> trace("a"));
    loop.callSoon(() -> trace("b"));
    loop.callSoon(() -> trace("c"));
    runOneTurn();

    assertTrace("a", "b", "c");
  }

  @Test
  void aCallbackScheduledByACallbackRunsInTheNextTurn() {
    loop.callSoon(
        () -> {
          trace("first");
          loop.callSoon(() -> trace("nested"));
        });
    loop.callSoon(() -> trace("second"));
    runOneTurn();
    assertTrace("first", "second");

    runOneTurn();
    assertTrace("first", "second", "nested");
  }

  @Test
  void aCallbackThatReschedulesItselfForEverStarvesNobody() {
    Runnable greedy =
        new Runnable() {
          @Override
          public void run() {
            loop.callSoon(this);
          }
        };
    loop.callSoon(greedy);
    loop.callLater(ms(0), loop::stop);
    loop.runForever();

    assertThat(loop.isRunning()).isFalse();
  }

  @Test
  void aCancelledHandleIsSkipped() {
    Handle handle = loop.callSoon(() -> trace("cancelled"));
    loop.callSoon(() -> trace("kept"));
    handle.cancel();
    runOneTurn();

    assertThat(handle.isCancelled()).isTrue();
    assertTrace("kept");
  }

  @Test
  void aCallbackMayCancelOneThatIsReadyInTheSameTurn() {
    Handle[] victim = new Handle[1];
    loop.callSoon(() -> victim[0].cancel());
    victim[0] = loop.callSoon(() -> trace("victim"));
    runOneTurn();

    assertTrace();
  }

  @Test
  void anExceptionInACallbackIsReportedAndTheLoopGoesOn() {
    loop.callSoon(
        () -> {
          throw new IllegalArgumentException("broken");
        });
    loop.callSoon(() -> trace("next"));
    runOneTurn();

    assertTrace("next");
    assertReported("exception in a callback");
    assertThat(reports.getFirst().exception()).hasMessage("broken");
  }

  @Test
  void anExceptionHandlerThatFailsDoesNotStopTheLoop() {
    loop.setExceptionHandler(
        (where, report) -> {
          throw new IllegalStateException("handler");
        });
    loop.callSoon(
        () -> {
          throw new IllegalArgumentException("callback");
        });
    loop.callSoon(() -> trace("next"));
    runOneTurn();

    assertTrace("next");
  }

  @Test
  void anErrorOfTheJvmItselfEndsTheRun() {
    loop.callSoon(
        () -> {
          throw new InternalError("jvm");
        });

    assertThatThrownBy(loop::runForever).isInstanceOf(InternalError.class);
    assertThat(loop.isRunning()).isFalse();
  }
}
