package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FutureTest extends AsyncTestCase {

  @Test
  void aNewFutureIsPending() {
    Future<Integer> future = loop.createFuture();

    assertThat(future.isDone()).isFalse();
    assertThat(future.isCancelled()).isFalse();
  }

  @Test
  void aPendingFutureHasNoResultToAskFor() {
    Future<Integer> future = loop.createFuture();

    assertThatExceptionOfType(InvalidStateException.class)
        .isThrownBy(future::result)
        .withMessageContaining("await it");
    assertThatExceptionOfType(InvalidStateException.class).isThrownBy(future::exception);
  }

  @Test
  void aResultIsKept() throws Exception {
    Future<Integer> future = loop.createFuture();
    future.setResult(5);

    assertThat(future.result()).isEqualTo(5);
    assertThat(future.result()).isEqualTo(5);
    assertThat(future.exception()).isNull();
  }

  @Test
  void anExceptionIsThrownByEveryCallOfResultItself() {
    Future<Integer> future = loop.createFuture();
    IOException failure = new IOException("gone");
    future.setException(failure);

    assertThatThrownBy(future::result).isSameAs(failure);
    assertThatThrownBy(future::result).isSameAs(failure);
    assertThat(future.exception()).isSameAs(failure);
  }

  @Test
  void completingTwiceIsRefused() {
    Future<Integer> future = loop.createFuture();
    future.setResult(1);

    assertThatExceptionOfType(InvalidStateException.class)
        .isThrownBy(() -> future.setResult(2))
        .withMessageContaining("once");
    assertThatExceptionOfType(InvalidStateException.class)
        .isThrownBy(() -> future.setException(new IOException()));
  }

  @Test
  void cancellingMakesResultAndExceptionThrow() {
    Future<Integer> future = loop.createFuture();

    assertThat(future.cancel("enough")).isTrue();
    assertThat(future.isCancelled()).isTrue();
    assertThat(future.isDone()).isTrue();
    assertThatExceptionOfType(CancelledError.class)
        .isThrownBy(future::result)
        .withMessage("enough");
    assertThatExceptionOfType(CancelledError.class).isThrownBy(future::exception);
  }

  @Test
  void cancellingTwiceAnswersFalse() {
    Future<Integer> future = loop.createFuture();
    future.cancel();

    assertThat(future.cancel()).isFalse();
  }

  @Test
  void cancellingADoneFutureKeepsItsResult() throws Exception {
    Future<Integer> future = loop.createFuture();
    future.setResult(3);

    assertThat(future.cancel()).isFalse();
    assertThat(future.result()).isEqualTo(3);
  }

  @Test
  void aDoneCallbackIsNeverRunInline() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          future.addDoneCallback(done -> trace("callback"));
          future.setResult(1);
          trace("after setResult");
          turn();
          assertTrace("after setResult", "callback");
        });
  }

  @Test
  void aCallbackAddedToADoneFutureIsScheduledNotRun() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          future.setResult(1);
          future.addDoneCallback(done -> trace("callback"));
          trace("added");
          turn();
          assertTrace("added", "callback");
        });
  }

  @Test
  void doneCallbacksRunInTheOrderOfAdding() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          for (int i = 0; i < 4; i++) {
            int number = i;
            future.addDoneCallback(done -> trace(number));
          }
          future.setResult(1);
          turn();
          assertTrace(0, 1, 2, 3);
        });
  }

  @Test
  void aDoneCallbackIsGivenTheFuture() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          future.addDoneCallback(this::trace);
          future.cancel();
          turn();
          assertTrace(future);
        });
  }

  @Test
  void aRemovedCallbackIsNotRun() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          Consumer<Future<Integer>> removed = done -> trace("removed");
          future.addDoneCallback(removed);
          future.addDoneCallback(done -> trace("kept"));
          future.addDoneCallback(removed);
          assertThat(future.removeDoneCallback(removed)).isEqualTo(2);
          assertThat(future.removeDoneCallback(removed)).isZero();
          future.setResult(1);
          turn();
          assertTrace("kept");
        });
  }

  @Test
  void anExceptionInADoneCallbackIsReportedAndTheOthersRun() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          future.addDoneCallback(
              done -> {
                throw new IllegalArgumentException("callback");
              });
          future.addDoneCallback(done -> trace("second"));
          future.setResult(1);
          turn();
          assertTrace("second");
          assertReported("exception in a callback");
        });
  }

  @Test
  void awaitingGivesTheResultAnotherSets() throws Exception {
    run(
        () -> {
          Future<String> future = loop.createFuture();
          loop.callLater(ms(5), () -> future.setResult("set"));
          assertThat(Async.await(future)).isEqualTo("set");
        });
  }

  @Test
  void awaitingADoneFutureDoesNotGiveWay() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          future.setResult(1);
          loop.callSoon(() -> trace("other"));
          Async.await(future);
          assertTrace();
        });
  }

  @Test
  void manyTasksMayAwaitOneFuture() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          for (int i = 0; i < 3; i++) {
            int number = i;
            Async.createTask(() -> trace(number + future.await()));
          }
          turn();
          future.setResult(10);
          turn();
          assertTrace(10, 11, 12);
        });
  }

  @Test
  void aFutureMayHoldNull() throws Exception {
    run(
        () -> {
          Future<Void> moment = loop.createFuture();
          moment.setResult(null);
          assertThat((Object) moment.await()).isNull();
        });
  }

  @Test
  void awaitingOutsideATaskSaysWhatToDo() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          loop.callSoon(
              () ->
                  assertThatIllegalStateException()
                      .isThrownBy(future::await)
                      .withMessageContaining("createTask"));
          turn();
          assertThat(reports).isEmpty();
        });
  }

  @Test
  void completingFromAnotherThreadIsRefused() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          CompletableFuture<Void> other = CompletableFuture.runAsync(() -> future.setResult(1));
          assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS))
              .hasRootCauseInstanceOf(WrongThreadException.class);
          assertThat(future.isDone()).isFalse();
        });
  }

  @Test
  void toStringTellsTheState() {
    Future<Integer> pending = loop.createFuture();
    Future<Integer> done = loop.createFuture();
    done.setResult(4);

    assertThat(pending).hasToString("Future[pending]");
    assertThat(done).hasToString("Future[result=4]");
  }
}
