package myriad.server.async.examples;

import static myriad.server.async.Async.await;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;

import java.time.Duration;
import java.util.function.Consumer;
import myriad.server.async.Async;
import myriad.server.async.Task;

/** Two coroutines that sleep at once take as long as one: an await gives the thread to others. */
final class TwoSleepsAtOnce {

  static final Duration NAP = Duration.ofMillis(100);

  private TwoSleepsAtOnce() {}

  public static void main(String[] args) throws Exception {
    run(System.out::println);
  }

  static void run(Consumer<String> out) throws Exception {
    Async.run(
        () -> {
          Task<Void> first = createTask(() -> nap("first", out));
          Task<Void> second = createTask(() -> nap("second", out));
          await(first);
          await(second);
        });
  }

  private static void nap(String who, Consumer<String> out) {
    out.accept(who + " falls asleep");
    sleep(NAP);
    out.accept(who + " wakes up");
  }
}
