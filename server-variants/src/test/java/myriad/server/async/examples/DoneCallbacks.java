package myriad.server.async.examples;

import static myriad.server.async.Async.await;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import myriad.server.async.Async;
import myriad.server.async.Future;
import myriad.server.async.Task;

/**
 * What is to happen once a task is done. The loop runs the callbacks, in the order of adding. A
 * lambda carries any arguments, where Python needs {@code functools.partial}.
 */
final class DoneCallbacks {

  private DoneCallbacks() {}

  public static void main(String[] args) throws Exception {
    run(System.out::println);
  }

  static void run(Consumer<String> out) throws Exception {
    Async.run(
        () -> {
          Task<String> download = createTask("download", () -> "page");
          download.addDoneCallback(done -> out.accept("without arguments: " + done));
          download.addDoneCallback(done -> report(done, "with arguments", 2, out));
          await(download);
          sleep(Duration.ZERO);

          Task<String> failing =
              createTask(
                  "failing",
                  () -> {
                    throw new IOException("no route");
                  });
          failing.addDoneCallback(done -> out.accept("failed: " + done.exception()));
          sleep(Duration.ofMillis(1));
        });
  }

  private static void report(Future<String> done, String what, int repeats, Consumer<String> out) {
    try {
      out.accept(what + ": " + done.result().repeat(repeats));
    } catch (Exception failure) {
      out.accept(what + " failed: " + failure);
    }
  }
}
