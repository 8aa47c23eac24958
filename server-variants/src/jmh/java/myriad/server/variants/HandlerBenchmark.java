package myriad.server.variants;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a message costs in the code of a server that others call, or that waits: of nio2-completion
 * and virtual-threads. The channels are stand-ins that answer at once, so that no system call is in
 * it; {@link EchoStepBenchmark} has what those cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HandlerBenchmark {

  private static final int MESSAGE_BYTES = 64;
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int MESSAGES = 1_000;

  private final ServerCounters counters = new ServerCounters();

  private final ImmediateCompletions completions = new ImmediateCompletions(MESSAGE_BYTES);
  private final VirtualThreadEcho blocking = new VirtualThreadEcho(BUFFER_BYTES, counters);

  public HandlerBenchmark() {
    CompletionEcho.begin(
        completions, BUFFER_BYTES, counters, failure -> CloseKind.FAILED, CompletionEcho::write);
  }

  /** A read and a write of nio2-completion, both of which are done at once. */
  @Benchmark
  public Object completionEcho() {
    completions.arrive();
    return completions;
  }

  /** The loop of a virtual thread with the yield that it makes for each message; it never parks. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public Object virtualThreadEcho() throws InterruptedException {
    ImmediateSocket connection = new ImmediateSocket(MESSAGE_BYTES, MESSAGES);
    Thread.ofVirtual().start(() -> echoAll(connection)).join();
    return connection;
  }

  private void echoAll(ImmediateSocket connection) {
    try {
      CloseKind _ = blocking.echo(connection);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
