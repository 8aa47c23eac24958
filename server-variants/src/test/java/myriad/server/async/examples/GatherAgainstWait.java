package myriad.server.async.examples;

import static myriad.server.async.Async.await;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.gather;
import static myriad.server.async.Async.gatherOutcomes;
import static myriad.server.async.Async.sleep;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import myriad.server.async.Async;
import myriad.server.async.Awaitable;
import myriad.server.async.Future;
import myriad.server.async.ReturnWhen;
import myriad.server.async.Task;
import myriad.server.async.Waited;

/**
 * Gather is about results: a list in the order of the arguments, or the first failure. Wait is
 * about moments: who is done and who is not, whenever enough are.
 */
final class GatherAgainstWait {

  private GatherAgainstWait() {}

  public static void main(String[] args) throws Exception {
    run(System.out::println);
  }

  static void run(Consumer<String> out) throws Exception {
    Async.run(
        () -> {
          out.accept("gather: " + await(gather(after(40, "slow"), after(5, "fast"))));
          try {
            await(gather(after(40, "slow"), failing()));
          } catch (IOException failure) {
            out.accept("gather throws the first failure: " + failure.getMessage());
          }
          out.accept(
              "gather with failures as outcomes: "
                  + await(gatherOutcomes(after(5, "fast"), failing())));
          waitForTheFirst(out);
        });
  }

  private static void waitForTheFirst(Consumer<String> out) {
    List<Task<String>> tasks =
        List.of(createTask(after(1_000, "slow")), createTask(after(5, "fast")));
    Waited<String> waited = Async.wait(tasks, ReturnWhen.FIRST_COMPLETED);
    out.accept("wait for the first: " + waited.done().size() + " done");
    out.accept("still pending, for wait cancels nothing: " + waited.pending().size());
    waited.pending().forEach(Future::cancel);
  }

  private static Awaitable<String> after(long millis, String result) {
    return () -> {
      sleep(Duration.ofMillis(millis));
      return result;
    };
  }

  private static Awaitable<String> failing() {
    return () -> {
      throw new IOException("no route");
    };
  }
}
