package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoopRunTest extends AsyncTestCase {

  @Test
  void stopBeforeARunLetsOneTurnPass() {
    loop.callSoon(() -> trace("ready"));
    loop.callLater(ms(1), () -> trace("later"));
    loop.stop();
    loop.runForever();

    assertTrace("ready");
  }

  @Test
  void stopLetsTheTurnFinishAndKeepsTheRestForTheNextRun() {
    loop.callSoon(loop::stop);
    loop.callSoon(
        () -> {
          trace("same turn");
          loop.callSoon(() -> trace("next run"));
        });
    loop.runForever();
    assertTrace("same turn");

    runOneTurn();
    assertTrace("same turn", "next run");
  }

  @Test
  void runUntilCompleteReturnsTheResultOfACoroutine() throws Exception {
    int result = loop.runUntilComplete(() -> 42);

    assertThat(result).isEqualTo(42);
  }

  @Test
  void runUntilCompleteThrowsTheExceptionItself() {
    Exception failure = new Exception("checked");

    assertThatThrownBy(
            () ->
                loop.runUntilComplete(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void runUntilCompleteSaysThatTheLoopWasStoppedTooEarly() {
    Future<Integer> never = loop.createFuture();
    loop.callSoon(loop::stop);

    assertThatIllegalStateException()
        .isThrownBy(() -> loop.runUntilComplete(never))
        .withMessageContaining("stopped before");
  }

  @Test
  void aRunThatWasStoppedTooEarlyDoesNotStopTheNextOne() {
    Future<Integer> late = loop.createFuture();
    loop.callSoon(loop::stop);
    assertThatIllegalStateException().isThrownBy(() -> loop.runUntilComplete(late));

    loop.callLater(ms(1), () -> late.setResult(1));
    loop.callLater(ms(5), () -> trace("next run"));
    runFor(10);
    assertTrace("next run");
  }

  @Test
  void aRunThatWasStoppedAsItsFutureGotDoneDoesNotStopTheNextOne() throws Exception {
    Future<Integer> done = loop.createFuture();
    loop.callSoon(
        () -> {
          loop.stop();
          done.setResult(1);
        });
    assertThat(loop.<Integer>runUntilComplete(done)).isEqualTo(1);

    loop.callLater(ms(5), () -> trace("next run"));
    runFor(10);
    assertTrace("next run");
  }

  @Test
  void aLoopCanRunAgainAndAgain() throws Exception {
    for (int i = 0; i < 3; i++) {
      int expected = i;
      int result =
          loop.runUntilComplete(
              () -> {
                turn();
                return expected;
              });
      assertThat(result).isEqualTo(expected);
    }
  }

  @Test
  void aSecondLoopCannotRunInsideTheFirst() throws Exception {
    run(
        () ->
            assertThatIllegalStateException()
                .isThrownBy(() -> Async.run(() -> 1))
                .withMessageContaining("await there"));
  }

  @Test
  void aRunningLoopCannotBeClosed() throws Exception {
    run(
        () ->
            assertThatIllegalStateException()
                .isThrownBy(loop::close)
                .withMessageContaining("stop()"));
  }

  @Test
  void aClosedLoopTakesNoMoreCallbacks() {
    loop.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> loop.callSoon(() -> {}))
        .withMessageContaining("closed");
  }

  @Test
  void closingTwiceDoesNothing() {
    loop.close();
    loop.close();

    assertThat(loop.isClosed()).isTrue();
  }
}
