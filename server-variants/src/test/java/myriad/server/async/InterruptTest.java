package myriad.server.async;

import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An interrupt of the thread that a loop runs in: asyncio's keyboard interrupt. */
class InterruptTest extends StreamsTestCase {

  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void aRunThatIsInterruptedCancelsItsCoroutineAndThrows() {
    Thread runner = Thread.currentThread();
    loop.callLater(ms(5), runner::interrupt);

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> run(() -> sleepAndTrace()))
        .withCauseInstanceOf(CancelledError.class);
    assertThat(runner.isInterrupted()).isFalse();
    assertTrace("cancelled");
  }

  @Test
  void aCoroutineThatRefusesAnInterruptGoesOn() throws Exception {
    loop.callLater(ms(5), Thread.currentThread()::interrupt);
    run(
        () -> {
          try {
            sleep(LONG);
          } catch (CancelledError refused) {
            trace("refused");
          }
        });

    assertTrace("refused");
  }

  @Test
  void aCoroutineThatFailsAfterAnInterruptThrowsItsOwnException() {
    loop.callLater(ms(5), Thread.currentThread()::interrupt);

    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      try {
                        sleep(LONG);
                      } finally {
                        throwIo();
                      }
                    }))
        .hasMessage("clean-up");
  }

  @Test
  void aLoopWhoseThreadWasInterruptedWaitsAllTheSame() {
    Thread runner = Thread.currentThread();
    runner.interrupt();
    loop.callLater(ms(100), loop::stop);
    loop.runForever();

    assertThat(Thread.interrupted()).as("kept for who runs after the loop").isTrue();
    assertThat(polls()).as("looks for something to do").isLessThan(10);
  }

  private void sleepAndTrace() {
    try {
      sleep(LONG);
    } catch (CancelledError cancelled) {
      trace("cancelled");
      throw cancelled;
    }
  }

  private static void throwIo() throws IOException {
    throw new IOException("clean-up");
  }
}
