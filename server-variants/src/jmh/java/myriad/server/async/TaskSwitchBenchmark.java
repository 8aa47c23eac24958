package myriad.server.async;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to leave one task for the next, through the ready queue of the loop. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
      "-XX:+UseSerialGC",
      "-XX:+UseCompactObjectHeaders",
      "-Xmx1g"
    })
public class TaskSwitchBenchmark {

  private static final int SWITCHES = 100_000;

  @Param({"CONTINUATION", "LOOP_SCHEDULED", "VIRTUAL_THREAD"})
  private CarrierKind carrier = CarrierKind.CONTINUATION;

  @Param({"2", "1000"})
  private int tasks;

  private EventLoop loop = EventLoop.create();

  @Setup
  public void openLoop() throws IOException {
    loop.close();
    loop = new EventLoop(carrier.make(), new SelectorPoller());
  }

  @TearDown
  public void closeLoop() {
    loop.close();
  }

  /** Each task gives way to the next, and is resumed in its turn. */
  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public int giveWay() throws Exception {
    return loop.runUntilComplete(
        () -> {
          List<Task<Void>> all = new ArrayList<>();
          for (int i = 0; i < tasks; i++) {
            all.add(Async.createTask(() -> giveWayInTurn(SWITCHES / tasks)));
          }
          return Async.wait(all).done().size();
        });
  }

  private static void giveWayInTurn(int times) {
    for (int i = 0; i < times; i++) {
      Async.sleep(Duration.ZERO);
    }
  }
}
