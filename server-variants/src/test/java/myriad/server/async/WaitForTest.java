package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static myriad.server.async.Async.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WaitForTest extends AsyncTestCase {

  @Test
  void waitForGivesTheResultInTime() throws Exception {
    run(() -> assertThat(waitFor(createTask(() -> 5), ms(10))).isEqualTo(5));
  }

  @Test
  void waitForCancelsATaskThatIsTooSlow() throws Exception {
    run(
        () -> {
          Task<Void> slow = createTask(() -> sleepAndTrace(50));
          assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> waitFor(slow, ms(10)));
          assertThat(slow.isCancelled()).isTrue();
          assertTrace("cancelled");
        });
  }

  @Test
  void waitForWaitsForTheCleanUpOfWhatItCancelled() throws Exception {
    run(
        () -> {
          Task<Void> slow =
              createTask(
                  () -> {
                    try {
                      sleep(ms(50));
                    } finally {
                      sleep(ms(5));
                      trace("cleaned up");
                    }
                  });
          assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> waitFor(slow, ms(10)));
          assertTrace("cleaned up");
        });
  }

  @Test
  void waitForWithNoTimeAtAllTakesOnlyWhatIsDone() throws Exception {
    run(
        () -> {
          Future<Integer> done = loop.createFuture();
          done.setResult(1);
          assertThat(waitFor(done, ms(0))).isEqualTo(1);
          Task<Void> notDone = createTask(() -> sleep(ms(1)));
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(() -> waitFor(notDone, ms(0)));
          assertThat(notDone.isCancelled()).isTrue();
        });
  }

  @Test
  void cancellingWhoWaitsForCancelsWhatItWaitsFor() throws Exception {
    run(
        () -> {
          Task<Void> inner = createTask(() -> sleep(ms(50)));
          Task<Void> outer = createTask(() -> waitFor(inner, ms(100)));
          turns(2);
          outer.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(outer::await);
          assertThat(inner.isCancelled()).isTrue();
        });
  }

  @Test
  void waitForWithNoTimeAtAllThrowsTheCancellationOfWhatWasCancelledBefore() throws Exception {
    run(
        () -> {
          Future<Integer> cancelled = loop.createFuture();
          cancelled.cancel("before");
          assertThatExceptionOfType(CancelledError.class)
              .isThrownBy(() -> waitFor(cancelled, ms(0)))
              .withMessage("before");
        });
  }

  private void sleepAndTrace(long millis) {
    try {
      sleep(ms(millis));
    } catch (CancelledError cancelled) {
      trace("cancelled");
      throw cancelled;
    }
  }
}
