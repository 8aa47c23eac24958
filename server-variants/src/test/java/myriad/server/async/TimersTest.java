package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimersTest extends AsyncTestCase {

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
  void cancellingATimerThatHasRunChangesNothing() {
    TimerHandle timer = loop.callLater(ms(1), () -> trace("ran"));
    runFor(5);
    timer.cancel();

    assertTrace("ran");
    assertThat(loop.timers().cancelledCount()).isZero();
  }

  @Test
  void aTimerMayCancelAnotherThatIsDueInTheSameTurn() {
    TimerHandle[] second = new TimerHandle[1];
    loop.callLater(ms(1), () -> second[0].cancel());
    second[0] = loop.callLater(ms(1), () -> trace("second"));
    runFor(5);

    assertTrace();
    assertThat(loop.timers().cancelledCount()).isZero();
  }
}
