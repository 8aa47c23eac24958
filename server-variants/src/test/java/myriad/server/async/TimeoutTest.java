package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TimeoutTest extends AsyncTestCase {

  @Test
  void aBodyThatIsFastEnoughGivesItsValue() throws Exception {
    run(
        () -> {
          int value =
              Async.timeout(
                  ms(10),
                  () -> {
                    sleep(ms(5));
                    return 3;
                  });
          assertThat(value).isEqualTo(3);
        });
  }

  @Test
  void aBodyThatIsTooSlowIsCancelledAndTheTimeoutThrown() throws Exception {
    run(
        () -> {
          long start = loop.timeNanos();
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(() -> Async.timeout(ms(10), () -> sleepAndTrace(50)))
              .withMessage("timed out after PT0.01S")
              .withCauseInstanceOf(CancelledError.class);
          assertThat(elapsedMillis(start)).isEqualTo(10);
          assertTrace("cancelled");
        });
  }

  @Test
  void aTimeoutLeavesNoCancelRequestBehind() throws Exception {
    run(
        () -> {
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(() -> Async.timeout(ms(10), () -> sleep(ms(50))));
          assertThat(own().cancelling()).isZero();
          sleep(ms(1));
        });
  }

  @Test
  void theInnerOfTwoTimeoutsExpiresAlone() throws Exception {
    run(
        () ->
            Async.timeout(
                ms(100),
                () -> {
                  assertThatExceptionOfType(TimeoutException.class)
                      .isThrownBy(() -> Async.timeout(ms(10), () -> sleep(ms(50))));
                  sleep(ms(20));
                  trace("outer goes on");
                }));
    assertTrace("outer goes on");
  }

  @Test
  void theOuterOfTwoTimeoutsPassesThroughTheInner() throws Exception {
    run(
        () -> {
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(
                  () ->
                      Async.timeout(
                          ms(10),
                          () -> {
                            try {
                              Async.timeout(ms(50), () -> sleep(ms(100)));
                            } catch (TimeoutException wrong) {
                              trace("inner");
                            }
                          }));
          assertTrace();
          assertThat(own().cancelling()).isZero();
        });
  }

  @Test
  void bothTimeoutsExpiringAtOnceAreThrownByTheOuter() throws Exception {
    run(
        () -> {
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(
                  () ->
                      Async.timeout(
                          ms(10),
                          () -> {
                            Async.timeout(ms(10), () -> sleep(ms(100)));
                            trace("between");
                          }));
          assertTrace();
          assertThat(own().cancelling()).isZero();
        });
  }

  @Test
  void aCancellationFromOutsideIsNotTurnedIntoATimeout() throws Exception {
    run(
        () -> {
          Task<Void> task = createTask(() -> Async.timeout(ms(50), () -> sleep(ms(100))));
          turn();
          task.cancel("outside");
          assertThatExceptionOfType(CancelledError.class)
              .isThrownBy(task::await)
              .withMessage("outside");
        });
  }

  @Test
  void aCancellationBeforeTheTimeoutWinsEvenIfItExpiresToo() throws Exception {
    run(
        () -> {
          Task<Void> task = createTask(() -> Async.timeout(ms(10), () -> sleep(ms(100))));
          turn();
          loop.callLater(ms(10), task::cancel);
          assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
          assertThat(task.isCancelled()).isTrue();
        });
  }

  @Test
  void aBodyThatFailsThrowsItsOwnException() throws Exception {
    run(
        () ->
            assertThatThrownBy(
                    () ->
                        Async.timeout(
                            ms(10),
                            () -> {
                              throw new IOException("own");
                            }))
                .hasMessage("own"));
  }

  @Test
  void aBodyThatFailsWhileItTimesOutThrowsItsOwnException() throws Exception {
    run(
        () -> {
          assertThatThrownBy(
                  () ->
                      Async.timeout(
                          ms(10),
                          () -> {
                            try {
                              sleep(ms(50));
                            } finally {
                              throwIo();
                            }
                          }))
              .hasMessage("clean-up");
          assertThat(own().cancelling()).isZero();
        });
  }

  @Test
  void aBodyThatSwallowsTheCancellationIsDone() throws Exception {
    run(
        () -> {
          String value =
              Async.timeout(
                  ms(10),
                  () -> {
                    try {
                      sleep(ms(50));
                      return "slept";
                    } catch (CancelledError swallowed) {
                      return "swallowed";
                    }
                  });
          assertThat(value).isEqualTo("swallowed");
          assertThat(own().cancelling()).isZero();
        });
  }

  @Test
  void aTimeoutMayBeMoved() throws Exception {
    run(
        () -> {
          long start = loop.timeNanos();
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(
                  () ->
                      Timeout.call(
                          ms(10),
                          timeout -> {
                            timeout.reschedule(ms(30));
                            sleep(ms(100));
                            return 1;
                          }))
              .withMessage("timed out PT0.03S after the limit was moved");
          assertThat(elapsedMillis(start)).isEqualTo(30);
        });
  }

  @Test
  void aTimeoutMayBeTakenOff() throws Exception {
    run(
        () -> {
          Timeout.call(
              ms(10),
              timeout -> {
                timeout.reschedule(null);
                sleep(ms(100));
                assertThat(timeout.isExpired()).isFalse();
                return 1;
              });
        });
  }

  @Test
  void aTimeoutThatIsOverCannotBeMoved() throws Exception {
    run(
        () -> {
          Timeout[] kept = new Timeout[1];
          Timeout.call(
              ms(10),
              timeout -> {
                kept[0] = timeout;
                return 1;
              });
          assertThatIllegalStateException()
              .isThrownBy(() -> kept[0].reschedule(ms(1)))
              .withMessageContaining("inside its body");
        });
  }

  @Test
  void aTimeoutOutsideATaskSaysWhatToDo() throws Exception {
    run(
        () -> {
          loop.callSoon(
              () ->
                  assertThatIllegalStateException()
                      .isThrownBy(() -> Async.timeout(ms(1), () -> 1))
                      .withMessageContaining("createTask"));
          turn();
          assertThat(reports).isEmpty();
        });
  }

  @Test
  void noTimeAtAllIsOverBeforeABodyThatGivesWayGoesOn() throws Exception {
    run(
        () -> {
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(
                  () ->
                      Async.timeout(
                          ms(0),
                          () -> {
                            trace("body");
                            turn();
                            trace("never");
                          }))
              .withMessage("timed out after PT0S");
          assertTrace("body");
          assertThat(own().cancelling()).isZero();
        });
  }

  @Test
  void noTimeAtAllIsEnoughForABodyThatNeverAwaits() throws Exception {
    run(
        () -> {
          assertThat(Async.<Integer>timeout(ms(0), () -> 1)).isEqualTo(1);
          turn();
          assertThat(own().cancelling()).isZero();
        });
  }

  @Test
  void aTimeoutThatIsMovedToNowExpiresAtTheNextAwait() throws Exception {
    run(
        () ->
            assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(
                    () ->
                        Timeout.call(
                            null,
                            timeout -> {
                              timeout.reschedule(ms(-1));
                              turn();
                              return 1;
                            })));
  }

  private void sleepAndTrace(long millis) {
    try {
      sleep(ms(millis));
    } catch (CancelledError cancelled) {
      trace("cancelled");
      throw cancelled;
    }
  }

  private static void throwIo() throws IOException {
    throw new IOException("clean-up");
  }

  private static Task<?> own() {
    return Task.current("a test");
  }
}
