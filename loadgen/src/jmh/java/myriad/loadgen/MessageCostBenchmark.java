package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import myriad.results.LatencyKind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a message costs the generator besides the kernel's part. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
public class MessageCostBenchmark {

  private static final int CONNECTION = 7;
  private static final long RATE = 100_000;
  private static final int ECHOES = 1_024;

  private final LatencyRecorder recorder = new LatencyRecorder();
  private final ArrivalSchedule even = schedule(Arrivals.Spacing.CONSTANT);
  private final ArrivalSchedule poisson = schedule(Arrivals.Spacing.POISSON);
  private final EchoFrame frame = EchoFrame.ofPattern(MessageSizes.fixed(64));
  private final ByteBuf message = Unpooled.directBuffer(64, 64);

  /** The echoes of the first messages of a connection, which are read again and again. */
  private final ByteBuf echoes = Unpooled.directBuffer(64 * ECHOES);

  private EchoVerifier verifier = new EchoVerifier(frame, CONNECTION, true);
  private long latencyNs = 20_000;
  private long sequence;

  /** The echoes are ready. */
  public MessageCostBenchmark() {
    for (int i = 0; i < ECHOES; i++) {
      frame.write(echoes, CONNECTION, i, 64);
    }
  }

  /** One sample into the histogram of an interval. */
  @Benchmark
  public void recordOneSample() {
    latencyNs = 20_000 + ((latencyNs * 31) & 0xFFFF);
    recorder.record(LatencyKind.SERVICE, latencyNs);
  }

  /** The next fire time of a constant rate. */
  @Benchmark
  public long nextArrival() {
    even.advance();
    return even.dueNs();
  }

  /** The next fire time of a Poisson process. */
  @Benchmark
  public long nextPoissonArrival() {
    poisson.advance();
    return poisson.dueNs();
  }

  /** A 64-byte message, header and pattern. */
  @Benchmark
  public ByteBuf write64Bytes() {
    message.clear();
    frame.write(message, CONNECTION, sequence++, 64);
    return message;
  }

  /** A 64-byte echo read as a run reads it: every byte compared, and found to be whole. */
  @Benchmark
  public boolean verify64Bytes() {
    if (!echoes.isReadable()) {
      echoes.readerIndex(0);
      verifier = new EchoVerifier(frame, CONNECTION, true);
    }
    return verifier.read(echoes, 1) && verifier.fault() == null;
  }

  /** The part of it that compares bytes. */
  @Benchmark
  public boolean compare64Bytes() {
    return frame.matches(echoes, 0, 0, 64, CONNECTION, 0);
  }

  private static ArrivalSchedule schedule(Arrivals.Spacing spacing) {
    return new ProfileSchedule(
        RateProfile.constant(RATE), spacing, 1, 0, ArrivalSchedule.NEVER, 0, 1);
  }
}
