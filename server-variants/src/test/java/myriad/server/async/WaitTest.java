package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitTest extends AsyncTestCase {

  @Test
  void allCompletedWaitsForAll() throws Exception {
    run(
        () -> {
          List<Task<Integer>> tasks = List.of(after(10, 1), after(30, 2));
          long start = loop.timeNanos();
          Waited<Integer> waited = Async.wait(tasks);
          assertThat(elapsedMillis(start)).isEqualTo(30);
          assertThat(waited.done()).hasSize(2);
          assertThat(waited.pending()).isEmpty();
        });
  }

  @Test
  void firstCompletedReturnsWithTheFirstAndCancelsNothing() throws Exception {
    run(
        () -> {
          Task<Integer> fast = after(10, 1);
          Task<Integer> slow = after(30, 2);
          Waited<Integer> waited = Async.wait(List.of(slow, fast), ReturnWhen.FIRST_COMPLETED);
          assertThat(waited.done().iterator().next()).isSameAs(fast);
          assertThat(waited.pending().iterator().next()).isSameAs(slow);
          assertThat(slow.await()).isEqualTo(2);
        });
  }

  @Test
  void firstExceptionPassesOverResults() throws Exception {
    run(
        () -> {
          Task<Integer> result = after(10, 1);
          Task<Integer> failing = failAfter(20);
          Task<Integer> slow = after(30, 2);
          Waited<Integer> waited =
              Async.wait(List.of(result, failing, slow), ReturnWhen.FIRST_EXCEPTION);
          assertThat(waited.done()).hasSize(2);
          assertThat(waited.pending()).hasSize(1);
        });
  }

  @Test
  void firstExceptionWithoutOneWaitsForAll() throws Exception {
    run(
        () -> {
          Waited<Integer> waited =
              Async.wait(List.of(after(10, 1), after(20, 2)), ReturnWhen.FIRST_EXCEPTION);
          assertThat(waited.pending()).isEmpty();
        });
  }

  @Test
  void aCancelledFutureIsNoExceptionToWaitFor() throws Exception {
    run(
        () -> {
          Task<Integer> cancelled = after(50, 1);
          Task<Integer> other = after(20, 2);
          loop.callLater(ms(5), cancelled::cancel);
          long start = loop.timeNanos();
          Async.wait(List.of(cancelled, other), ReturnWhen.FIRST_EXCEPTION);
          assertThat(elapsedMillis(start)).isEqualTo(20);
        });
  }

  @Test
  void waitThrowsNoFailureOfWhatItWaitsFor() throws Exception {
    run(
        () -> {
          Waited<Integer> waited = Async.wait(List.of(failAfter(1)));
          assertThat(waited.done().iterator().next().exception()).hasMessage("failed");
        });
  }

  @Test
  void aTimeoutReturnsWhatIsDoneAndCancelsNothing() throws Exception {
    run(
        () -> {
          Task<Integer> slow = after(30, 2);
          Waited<Integer> waited =
              Async.wait(List.of(after(5, 1), slow), ReturnWhen.ALL_COMPLETED, ms(10));
          assertThat(waited.done()).hasSize(1);
          assertThat(waited.pending()).hasSize(1);
          assertThat(slow.isDone()).isFalse();
        });
  }

  @Test
  void cancellingTheWaiterLeavesWhatItWaitsForAlone() throws Exception {
    run(
        () -> {
          Task<Integer> task = after(30, 1);
          Task<Waited<Integer>> waiter = createTask(() -> Async.wait(List.of(task)));
          turns(2);
          waiter.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(waiter::await);
          assertThat(task.await()).isEqualTo(1);
        });
  }

  @Test
  void waitingForNothingIsRefused() throws Exception {
    run(
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> Async.wait(List.<Future<Integer>>of()))
                .withMessageContaining("nothing to wait for"));
  }

  @Test
  void waitKeepsTheOrderOfItsArguments() throws Exception {
    run(
        () -> {
          List<Task<Integer>> tasks = List.of(after(30, 1), after(10, 2), after(20, 3));
          List<Object> done = new ArrayList<>(Async.wait(tasks).done());
          assertThat(done).containsExactlyElementsOf(tasks);
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
