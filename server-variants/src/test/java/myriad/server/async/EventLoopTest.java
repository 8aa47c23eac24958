package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
  void timersRunByTimeWhateverTheOrderOfScheduling() {
    loop.callLater(ms(30), () -> trace(30));
    loop.callLater(ms(10), () -> trace(10));
    loop.callLater(ms(20), () -> trace(20));
    runFor(40);

    assertTrace(10, 20, 30);
  }

  @Test
  void timersForTheSameTimeRunInTheOrderOfScheduling() {
    long when = loop.timeNanos() + ms(5).toNanos();
    IntStream.range(0, 50).forEach(i -> loop.callAt(when, () -> trace(i)));
    runFor(10);

    assertThat(trace).isEqualTo(IntStream.range(0, 50).boxed().toList());
  }

  @Test
  void aTimerOfZeroDelayRunsAfterWhatIsReady() {
    loop.callLater(ms(0), () -> trace("timer"));
    loop.callSoon(() -> trace("soon"));
    runOneTurn();

    assertTrace("soon", "timer");
  }

  @Test
  void aNegativeDelayIsDueAtOnce() {
    loop.callLater(ms(-5), () -> trace("past"));
    runOneTurn();

    assertTrace("past");
  }

  @Test
  void aTimerKnowsWhenItIsDue() {
    TimerHandle timer = loop.callLater(ms(7), () -> {});

    assertThat(timer.whenNanos() - loop.timeNanos()).isEqualTo(ms(7).toNanos());
  }

  @Test
  void aCancelledTimerDoesNotRunAndDoesNotHoldTheLoopUp() {
    TimerHandle timer = loop.callLater(ms(10), () -> trace("cancelled"));
    timer.cancel();
    long start = loop.timeNanos();
    loop.callLater(ms(2), loop::stop);
    loop.runForever();

    assertTrace();
    assertThat(elapsedMillis(start)).isEqualTo(2);
  }

  @Test
  void cancelledTimersAreForgottenLongBeforeTheyAreDue() {
    IntStream.range(0, 10_000).forEach(i -> loop.callLater(ms(1_000_000), () -> {}).cancel());

    assertThat(loop.timers().size()).isLessThan(300);
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
  void aLoopCannotRunInTwoThreads() throws Exception {
    run(
        () -> {
          CompletableFuture<Void> second = CompletableFuture.runAsync(loop::runForever);
          assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
              .hasRootCauseInstanceOf(IllegalStateException.class)
              .hasMessageContaining("runs in another thread");
        });
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

  @Test
  void aCallFromAnotherThreadWakesALoopThatWaits() throws Exception {
    Thread other = new Thread(() -> loop.callSoonThreadsafe(loop::stop));
    loop.callSoon(other::start);
    loop.runForever();
    other.join(10_000);

    assertThat(other.isAlive()).isFalse();
  }

  @Test
  void callsFromAnotherThreadKeepTheirOrder() throws Exception {
    Thread other =
        new Thread(
            () -> {
              IntStream.range(0, 1_000).forEach(i -> loop.callSoonThreadsafe(() -> trace(i)));
              loop.callSoonThreadsafe(loop::stop);
            });
    loop.callSoon(other::start);
    loop.runForever();

    assertThat(trace).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void aThreadsafeCallFromTheLoopsOwnThreadQueuesBehindEarlierCalls() {
    loop.callSoon(
        () -> {
          loop.callSoon(() -> trace("soon"));
          loop.callSoonThreadsafe(() -> trace("threadsafe"));
          loop.callSoon(loop::stop);
        });
    loop.runForever();

    assertTrace("soon", "threadsafe");
  }

  @Test
  void anotherThreadIsRefusedAndToldWhatToUse() throws Exception {
    run(
        () -> {
          CompletableFuture<Void> other = CompletableFuture.runAsync(() -> loop.callSoon(() -> {}));
          assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS))
              .hasRootCauseInstanceOf(WrongThreadException.class)
              .hasMessageContaining("callSoonThreadsafe");
        });
  }

  @Test
  void aThreadWithoutALoopIsToldHowToStartOne() {
    assertThatIllegalStateException()
        .isThrownBy(EventLoop::running)
        .withMessageContaining("Async.run");
  }

  private void runOneTurn() {
    loop.stop();
    loop.runForever();
  }

  private void runFor(long millis) {
    loop.callLater(ms(millis), loop::stop);
    loop.runForever();
  }
}
