package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.gather;
import static myriad.server.async.Async.gatherOutcomes;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
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
  void oneFutureOrNamedCoroutineGivenTwiceIsAwaitedOnce() throws Exception {
    run(
        () -> {
          Awaitable<Integer> named = Async.coroutine("named", () -> runAndCount());
          Task<Integer> task = createTask(() -> runAndCount());
          assertThat(gather(named, task, named, task).await()).containsExactly(2, 1, 2, 1);
          assertTrace("run", "run");
        });
  }

  @Test
  void oneLambdaGivenTwiceRunsTwice() throws Exception {
    run(
        () -> {
          Awaitable<Integer> lambda = () -> runAndCount();
          assertThat(gather(lambda, lambda).await()).containsExactly(1, 2);
          assertTrace("run", "run");
        });
  }

  @Test
  void gatheringWhatIsDoneIsDoneAtOnce() throws Exception {
    run(
        () -> {
          Future<Integer> done = loop.createFuture();
          done.setResult(1);
          Future<Integer> failed = loop.createFuture();
          failed.setException(new IOException("failed"));
          assertThat(gather(done, done).result()).containsExactly(1, 1);
          assertThat(gather(done, failed).exception()).hasMessage("failed");
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

  private int runAndCount() {
    trace("run");
    return trace.size();
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
