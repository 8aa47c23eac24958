package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.gather;
import static myriad.server.async.Async.gatherOutcomes;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherCancellationTest extends AsyncTestCase {

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

  @Test
  void aSecondCancelThatComesBeforeTheGatherKnowsOfAFailureOutweighsIt() throws Exception {
    run(
        () -> {
          Task<Integer> child = createTask(GatherCancellationTest::failWhenCancelled);
          Task<List<Integer>> parent = createTask(() -> gather(child).await());
          turns(2);
          parent.cancel("first");
          loop.callSoon(
              () -> {
                trace("child is done: " + child.isDone());
                parent.cancel("second");
              });
          assertThatExceptionOfType(CancelledError.class)
              .isThrownBy(parent::await)
              .withMessage("second");
          assertTrace("child is done: true");
        });
  }

  @Test
  void aGatherWhoseChildrenAreAllDoneRefusesACancellation() throws Exception {
    run(
        () -> {
          Future<Integer> child = loop.createFuture();
          Future<List<Integer>> gathered = gather(child);
          assertThat(gathered.cancel()).isTrue();
          assertThat(gathered.cancel()).isFalse();
        });
  }

  private static Awaitable<Integer> after(long millis, int result) {
    return () -> {
      sleep(ms(millis));
      return result;
    };
  }

  private static int failWhenCancelled() throws IOException {
    try {
      sleep(ms(50));
      return 1;
    } catch (CancelledError cancelled) {
      throw new IOException("clean-up", cancelled);
    }
  }
}
