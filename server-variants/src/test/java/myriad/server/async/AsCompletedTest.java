package myriad.server.async;

import static myriad.server.async.Async.asCompleted;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AsCompletedTest extends AsyncTestCase {

  @Test
  void asCompletedGivesResultsInTheOrderOfCompletion() throws Exception {
    run(
        () -> {
          for (Awaitable<Integer> next :
              asCompleted(List.of(after(30, 3), after(10, 1), after(20, 2)))) {
            trace(next.await());
          }
          assertTrace(1, 2, 3);
        });
  }

  @Test
  void asCompletedThrowsAFailureInItsPlace() throws Exception {
    run(
        () -> {
          for (Awaitable<Integer> next : asCompleted(List.of(after(20, 2), failAfter(10)))) {
            try {
              trace(next.await());
            } catch (IOException failure) {
              trace("failed");
            }
          }
          assertTrace("failed", 2);
        });
  }

  @Test
  void asCompletedGivesWhatIsDoneBeforeItTimesOut() throws Exception {
    run(
        () -> {
          for (Awaitable<Integer> next : asCompleted(List.of(after(5, 1), after(50, 2)), ms(10))) {
            try {
              trace(next.await());
            } catch (TimeoutException late) {
              trace("late");
            }
          }
          assertTrace(1, "late");
        });
  }

  @Test
  void asCompletedMayBeAwaitedBySeveralTasks() throws Exception {
    run(
        () -> {
          List<Task<?>> readers = new ArrayList<>();
          for (Awaitable<Integer> next : asCompleted(List.of(after(20, 2), after(10, 1)))) {
            readers.add(createTask(() -> trace(next.await())));
          }
          Async.wait(List.<Future<?>>copyOf(readers));
          assertTrace(1, 2);
        });
  }

  @Test
  void asCompletedGivesNothingOfWhatGetsDoneAfterItTimedOut() throws Exception {
    run(
        () -> {
          Iterable<Awaitable<Integer>> results =
              asCompleted(List.of(after(5, 1), after(20, 2), after(30, 3)), ms(10));
          sleep(ms(40));
          for (Awaitable<Integer> next : results) {
            try {
              trace(next.await());
            } catch (TimeoutException late) {
              trace(String.valueOf(late.getMessage()));
            }
          }
          String late = "2 of the awaited were not done in time";
          assertTrace(1, late, late);
        });
  }

  @Test
  void oneFutureOrNamedCoroutineGivenTwiceIsOneResult() throws Exception {
    run(
        () -> {
          Task<Integer> task = after(5, 1);
          Awaitable<Integer> named = Async.coroutine("named", () -> 2);
          Awaitable<Integer> lambda = () -> 3;
          for (Awaitable<Integer> next :
              asCompleted(List.of(task, task, named, named, lambda, lambda))) {
            trace(next.await());
          }
          assertTrace(2, 3, 3, 1);
        });
  }

  @Test
  void eachResultIsAwaitedOnce() throws Exception {
    run(
        () -> {
          Iterable<Awaitable<Integer>> results = asCompleted(List.of(after(1, 1), after(2, 2)));
          Awaitable<Integer> first = results.iterator().next();
          first.await();
          assertThatIllegalStateException()
              .isThrownBy(first::await)
              .withMessageContaining("awaited already");
          results.forEach(second -> assertThat(second).isNotSameAs(first));
          assertThatExceptionOfType(NoSuchElementException.class)
              .isThrownBy(results.iterator()::next)
              .withMessageContaining("call asCompleted again");
        });
  }

  private static Task<Integer> after(long millis, int result) {
    return createTask(
        () -> {
          sleep(ms(millis));
          return result;
        });
  }

  private static Task<Integer> failAfter(long millis) {
    return createTask(
        () -> {
          sleep(ms(millis));
          throw new IOException("failed");
        });
  }
}
