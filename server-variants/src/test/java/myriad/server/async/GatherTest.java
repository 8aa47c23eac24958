package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.gather;
import static myriad.server.async.Async.gatherOutcomes;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherTest extends AsyncTestCase {

  @Test
  void resultsComeInTheOrderOfTheArguments() throws Exception {
    run(
        () -> {
          List<Integer> results = gather(after(30, 1), after(10, 2), after(20, 3)).await();
          assertThat(results).containsExactly(1, 2, 3);
        });
  }

  @Test
  void allRunAtOnce() throws Exception {
    run(
        () -> {
          long start = loop.timeNanos();
          gather(after(30, 1), after(10, 2), after(20, 3)).await();
          assertThat(elapsedMillis(start)).isEqualTo(30);
        });
  }

  @Test
  void gatheringNothingIsDoneAtOnce() throws Exception {
    run(() -> assertThat(Async.<Integer>gather(List.of()).await()).isEmpty());
  }

  @Test
  void futuresAndCoroutinesMayBeMixed() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          Task<Integer> task = createTask(() -> 2);
          loop.callLater(ms(1), () -> future.setResult(1));
          assertThat(gather(future, task, () -> 3).await()).containsExactly(1, 2, 3);
        });
  }

  @Test
  void theSameCoroutineGivenTwiceRunsOnce() throws Exception {
    run(
        () -> {
          Awaitable<Integer> coroutine =
              () -> {
                trace("run");
                return 1;
              };
          assertThat(gather(coroutine, coroutine).await()).containsExactly(1, 1);
          assertTrace("run");
        });
  }

  @Test
  void theFirstFailureIsPassedOnAtOnceAndTheOthersGoOn() throws Exception {
    run(
        () -> {
          Task<Integer> slow = createTask(after(50, 1));
          long start = loop.timeNanos();
          assertThatThrownBy(() -> gather(slow, failAfter(10, "first")).await())
              .hasMessage("first");
          assertThat(elapsedMillis(start)).isEqualTo(10);
          assertThat(slow.await()).isEqualTo(1);
        });
  }

  @Test
  void laterFailuresCountAsRetrieved() throws Exception {
    run(
        () -> {
          Future<List<Integer>> both = gather(failAfter(1, "first"), failAfter(2, "second"));
          assertThatThrownBy(both::await).hasMessage("first");
          sleep(ms(5));
        });
    loop.close();
    assertThat(reports).isEmpty();
  }

  @Test
  void failuresAreResultsWhereOutcomesAreAskedFor() throws Exception {
    run(
        () -> {
          List<Outcome<Integer>> outcomes = gatherOutcomes(after(2, 7), failAfter(1, "no")).await();
          assertThat(outcomes.getFirst()).isEqualTo(new Outcome<>(7, null));
          assertThat(outcomes.getLast().isSuccess()).isFalse();
          assertThat(outcomes.getLast().exception()).hasMessage("no");
        });
  }

  @Test
  void cancellingAGatherCancelsAllItsChildren() throws Exception {
    run(
        () -> {
          Task<Integer> one = createTask(after(50, 1));
          Task<Integer> two = createTask(after(50, 2));
          Future<List<Integer>> both = gather(one, two);
          turn();
          assertThat(both.cancel("all")).isTrue();
          assertThatExceptionOfType(CancelledError.class)
              .isThrownBy(both::await)
              .withMessage("all");
          assertThat(List.of(one, two)).allMatch(Future::isCancelled);
        });
  }

  @Test
  void cancellingATaskThatAwaitsAGatherCancelsTheChildren() throws Exception {
    run(
        () -> {
          Task<Integer> child = createTask(after(50, 1));
          Task<List<Integer>> parent = createTask(() -> gather(child).await());
          turns(2);
          parent.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(parent::await);
          assertThat(child.isCancelled()).isTrue();
        });
  }

  @Test
  void cancellingAGatherOfOutcomesStillThrowsAtItsAwait() throws Exception {
    run(
        () -> {
          Future<List<Outcome<Integer>>> both = gatherOutcomes(after(50, 1), after(50, 2));
          turn();
          both.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(both::await);
        });
  }

  @Test
  void aChildThatIsCancelledIsAFailureOfTheGatherNotACancellationOfIt() throws Exception {
    run(
        () -> {
          Task<Integer> child = createTask(after(50, 1));
          Task<Integer> other = createTask(after(5, 2));
          Future<List<Integer>> both = gather(child, other);
          turn();
          child.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(both::await);
          assertThat(both.isCancelled()).isFalse();
          assertThat(other.await()).isEqualTo(2);
        });
  }

  @Test
  void aChildThatIsCancelledIsAnOutcome() throws Exception {
    run(
        () -> {
          Task<Integer> child = createTask(after(50, 1));
          Future<List<Outcome<Integer>>> both = gatherOutcomes(child, after(5, 2));
          turn();
          child.cancel();
          assertThat(both.await().getFirst().exception()).isInstanceOf(CancelledError.class);
          assertThat(both.await().getLast().value()).isEqualTo(2);
        });
  }

  @Test
  void aChildThatRefusesItsCancellationLetsTheGatherEndCancelled() throws Exception {
    run(
        () -> {
          Task<Integer> stubborn =
              createTask(
                  () -> {
                    try {
                      sleep(ms(50));
                    } catch (CancelledError refused) {
                      trace("refused");
                    }
                    return 1;
                  });
          Future<List<Integer>> gathered = gather(stubborn);
          turn();
          gathered.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(gathered::await);
          assertThat(stubborn.await()).isEqualTo(1);
          assertTrace("refused");
        });
  }

  @Test
  void aGatherThatIsDoneCannotBeCancelled() throws Exception {
    run(
        () -> {
          Future<List<Integer>> done = gather(after(1, 1));
          done.await();
          assertThat(done.cancel()).isFalse();
        });
  }

  private static Awaitable<Integer> after(long millis, int result) {
    return () -> {
      sleep(ms(millis));
      return result;
    };
  }

  private static Awaitable<Integer> failAfter(long millis, String message) {
    return () -> {
      sleep(ms(millis));
      throw new IOException(message);
    };
  }
}
