package myriad.server.async;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a carrier takes for one resume and suspend, alone: without a loop, a task or a queue. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
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
public class StackSwitchBenchmark {

  @Param({"CONTINUATION", "LOOP_SCHEDULED", "VIRTUAL_THREAD"})
  private CarrierKind carrier = CarrierKind.CONTINUATION;

  private Carrier.Stack stack = CarrierKind.VIRTUAL_THREAD.make().newStack(() -> {});

  @Setup
  public void suspendForEver() {
    stack = carrier.make().newStack(this::suspendAgainAndAgain);
  }

  private void suspendAgainAndAgain() {
    while (true) {
      stack.suspend();
    }
  }

  @Benchmark
  public void resumeAndSuspend() {
    stack.resume();
  }
}
