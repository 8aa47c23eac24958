package myriad.server.async;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints the CPU time of a switch between tasks: what {@link TaskSwitchBenchmark} measures, on a
 * machine that others use too. Counts the loop's thread only, so it says nothing about {@link
 * CarrierKind#VIRTUAL_THREAD}. Arguments: a {@link CarrierKind} and the number of tasks.
 */
public final class TaskSwitchCpuTime {

  private static final int SWITCHES = 200_000;
  private static final int ROUNDS = 25;

  private TaskSwitchCpuTime() {}

  public static void main(String[] args) throws Exception {
    CarrierKind carrier = CarrierKind.valueOf(args[0]);
    int tasks = Integer.parseInt(args[1]);
    try (EventLoop loop = newLoop(carrier)) {
      double best = Double.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        best = Math.min(best, nanosASwitch(loop, tasks));
      }
      System.out.printf("%s, %,d tasks: %.0f ns of CPU a switch%n", carrier, tasks, best);
    }
  }

  private static double nanosASwitch(EventLoop loop, int tasks) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    loop.runUntilComplete(
        () -> {
          List<Task<Void>> all = new ArrayList<>();
          for (int i = 0; i < tasks; i++) {
            all.add(Async.createTask(() -> giveWay(SWITCHES / tasks)));
          }
          return Async.wait(all);
        });
    return (threads.getCurrentThreadCpuTime() - start) / (double) SWITCHES;
  }

  private static void giveWay(int times) {
    for (int i = 0; i < times; i++) {
      Async.sleep(Duration.ZERO);
    }
  }

  private static EventLoop newLoop(CarrierKind carrier) throws IOException {
    return new EventLoop(carrier.make(), new SelectorPoller());
  }
}
