package myriad.loadgen;

import static myriad.loadgen.Loads.assertAllAnswered;
import static myriad.loadgen.Loads.shortPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a target does not take at once is held, and no more than that. */
@Timeout(60)
class BackPressureTest {

  private static final int MESSAGE_BYTES = 1_000_000;
  private static final int DEPTH = 32;

  /** What is sent, what comes back, and as much again that the allocator sets aside in chunks. */
  private static final int MOST_PIPELINES = 5;

  @Test
  void memoryIsThatOfWhatIsUnderWayHoweverMuchWasSent() throws Exception {
    long before = PlatformDependent.usedDirectMemory();
    AtomicLong most = new AtomicLong();
    try (TestServer server = TestServer.echo()) {
      LoadPlan plan =
          shortPlan(server.address())
              .connections(1)
              .messageBytes(MESSAGE_BYTES)
              .pipelineDepth(DEPTH)
              .duration(Duration.ofSeconds(2))
              .build();
      RunResult run =
          new LoadRun(
                  plan,
                  _ ->
                      most.accumulateAndGet(
                          PlatformDependent.usedDirectMemory() - before, Math::max))
              .run()
              .run();

      assertAllAnswered(run);
      assertThat(run.messages()).isGreaterThan(2L * MOST_PIPELINES * DEPTH);
    }
    assertThat(most).as("bytes").hasValueLessThan((long) MOST_PIPELINES * DEPTH * MESSAGE_BYTES);
  }
}
