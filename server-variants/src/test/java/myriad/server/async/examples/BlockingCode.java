package myriad.server.async.examples;

import static myriad.server.async.Async.await;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.runInExecutor;
import static myriad.server.async.Async.sleep;

import java.time.Duration;
import java.util.function.Consumer;
import myriad.server.async.Async;
import myriad.server.async.Future;
import myriad.server.async.Task;

/** Code that blocks goes to a thread of the executor; the loop goes on meanwhile. */
final class BlockingCode {

  private static final Duration TICK = Duration.ofMillis(10);

  private BlockingCode() {}

  public static void main(String[] args) throws Exception {
    run(System.out::println);
  }

  static void run(Consumer<String> out) throws Exception {
    Async.run(
        () -> {
          int[] ticks = {0};
          Task<Void> clock = createTask(() -> tickForEver(ticks));
          Future<String> blocked = runInExecutor(BlockingCode::readSlowDisk);
          out.accept("read: " + await(blocked));
          clock.cancel();
          out.accept("the loop went on meanwhile: " + (ticks[0] > 1));
        });
  }

  private static void tickForEver(int[] ticks) {
    while (true) {
      sleep(TICK);
      ticks[0]++;
    }
  }

  private static String readSlowDisk() throws InterruptedException {
    Thread.sleep(TICK.multipliedBy(20));
    return "contents";
  }
}
