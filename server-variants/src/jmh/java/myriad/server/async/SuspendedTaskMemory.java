package myriad.server.async;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints the heap bytes of a suspended task with the future that it awaits, after the code is warm.
 * The tour of the package has the command; the only argument is a {@link CarrierKind}.
 */
public final class SuspendedTaskMemory {

  private static final int TASKS = 100_000;
  private static final int ROUNDS = 6;

  private SuspendedTaskMemory() {}

  public static void main(String[] args) throws Exception {
    CarrierKind carrier = CarrierKind.valueOf(args[0]);
    for (int round = 1; round <= ROUNDS; round++) {
      System.out.printf(
          "%s round %d: %,d bytes a suspended task%n", carrier, round, bytesATask(carrier));
    }
  }

  private static long bytesATask(CarrierKind carrier) throws Exception {
    try (EventLoop loop = newLoop(carrier)) {
      return Runner.run(loop, SuspendedTaskMemory::bytesATask);
    }
  }

  private static long bytesATask() throws Exception {
    long before = usedAfterCollection();
    List<Future<Integer>> futures = new ArrayList<>(TASKS);
    List<Task<Integer>> tasks = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      Future<Integer> future = EventLoop.running().createFuture();
      futures.add(future);
      tasks.add(Async.createTask(() -> future.await()));
    }
    Async.sleep(Duration.ofMillis(1));
    long bytes = (usedAfterCollection() - before) / TASKS;
    futures.forEach(future -> future.setResult(1));
    Async.wait(tasks);
    return bytes;
  }

  private static EventLoop newLoop(CarrierKind carrier) throws IOException {
    return new EventLoop(carrier.make(), new SelectorPoller());
  }

  private static long usedAfterCollection() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
