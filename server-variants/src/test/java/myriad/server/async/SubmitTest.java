package myriad.server.async;

import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SubmitTest extends AsyncTestCase {

  @Test
  void submitGivesAnotherThreadTheOutcomeOfACoroutine() throws Exception {
    CompletableFuture<Integer> outcome = loop.submit(() -> 7);
    loop.callLater(ms(1), loop::stop);
    loop.runForever();

    assertThat(outcome.get(0, TimeUnit.SECONDS)).isEqualTo(7);
  }

  @Test
  void submitGivesAnotherThreadTheFailureOfACoroutine() {
    CompletableFuture<Integer> outcome =
        loop.submit(
            () -> {
              throw new IllegalArgumentException("wrong");
            });
    loop.callLater(ms(1), loop::stop);
    loop.runForever();

    assertThatThrownBy(outcome::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("wrong");
  }

  @Test
  void cancellingTheOutcomeCancelsTheCoroutine() {
    CompletableFuture<Void> outcome = loop.submit(this::sleepAndTrace);
    loop.callLater(ms(5), () -> outcome.cancel(false));
    runFor(10);

    assertTrace("started", "cancelled");
  }

  @Test
  void anOutcomeThatTimesOutCancelsTheCoroutine() throws Exception {
    CompletableFuture<Void> outcome = loop.submit(this::sleepAndTrace);
    runFor(5);
    outcome.orTimeout(1, TimeUnit.MILLISECONDS);
    assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    // Who waits for the outcome may hear of its end before the loop does.
    long start = System.nanoTime();
    while (trace.size() < 2 && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20)) {
      runFor(5);
    }

    assertTrace("started", "cancelled");
  }

  @Test
  void aCoroutineWhoseOutcomeIsCancelledBeforeItsStartNeverStarts() {
    CompletableFuture<Void> outcome = loop.submit(this::sleepAndTrace);
    outcome.cancel(false);
    runFor(5);

    assertTrace();
  }

  @Test
  void aCoroutineThatIsCancelledCancelsTheOutcome() {
    CompletableFuture<Void> outcome = loop.submit(this::sleepAndTrace);
    loop.callLater(ms(5), () -> loop.allTasks().forEach(Task::cancel));
    runFor(10);

    assertThat(outcome).isCancelled();
    assertTrace("started", "cancelled");
  }

  @Test
  void submittingAFutureFailsAndSaysWhatToDo() {
    CompletableFuture<Integer> outcome = loop.submit(loop.<Integer>createFuture());
    runFor(5);

    assertThatThrownBy(outcome::join)
        .hasCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("await it");
    assertThat(reports).isEmpty();
  }

  @Test
  void closingTheLoopFailsWhatIsNotDone() {
    CompletableFuture<Void> started = loop.submit(this::sleepAndTrace);
    runFor(5);
    CompletableFuture<Void> waiting = loop.submit(this::sleepAndTrace);
    loop.close();

    for (CompletableFuture<Void> outcome : List.of(started, waiting)) {
      assertThatThrownBy(outcome::join)
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("loop was closed");
    }
  }

  @Test
  void aClosedLoopTakesNoSubmission() {
    loop.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> loop.submit(() -> 1))
        .withMessageContaining("closed");
  }

  private Void sleepAndTrace() {
    trace("started");
    try {
      sleep(Duration.ofHours(1));
    } catch (CancelledError cancelled) {
      trace("cancelled");
      throw cancelled;
    }
    return Nulls.trusted(null);
  }
}
