package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import myriad.results.Interval;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In the steady state a message costs the event loops no garbage. */
@Timeout(120)
class AllocationTest {

  /** Bytes a message. */
  private static final int LIMIT = 16;

  /** Of Netty's {@code IoUringIoOps}, with room for a larger header. */
  private static final int OPERATION_BYTES = 72;

  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private static final ResourceLeakDetector.Level DETECTION = ResourceLeakDetector.getLevel();

  /** Samples of Netty's leak detector are garbage of its own; the launcher turns it off too. */
  @BeforeAll
  static void turnOffLeakDetection() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterAll
  static void restoreLeakDetection() {
    ResourceLeakDetector.setLevel(DETECTION);
  }

  static List<Arguments> loadModels() {
    return List.of(
        Arguments.of(new Arrivals.ClosedLoop(Duration.ZERO), 1),
        Arguments.of(new Arrivals.ClosedLoop(Duration.ZERO), 8),
        Arguments.of(new Arrivals.ClosedLoop(Duration.ofMillis(1)), 1),
        Arguments.of(Arrivals.OpenLoop.constant(20_000), 1),
        Arguments.of(
            new Arrivals.OpenLoop(RateProfile.constant(20_000), Arrivals.Spacing.POISSON, 1), 1));
  }

  @ParameterizedTest
  @MethodSource("loadModels")
  void aMessageAllocatesLessThan16Bytes(Arrivals arrivals, int depth) throws Exception {
    assertNoGarbage(arrivals, depth, Messages.DEFAULT);
  }

  static List<Messages.Content> contents() {
    WireText text = WireText.parse("PING");
    return List.of(
        new Messages.Pattern(
            new MessageSizes(
                List.of(
                    new MessageSizes.Part(16, 1_024, 9), new MessageSizes.Part(4_096, 4_096, 1)),
                1)),
        new Messages.FramedText(text),
        new Messages.RawText(text),
        new Messages.Request(text, new Expectation.Length(4, WireText.EMPTY)),
        new Messages.Request(text, new Expectation.Until(WireText.parse("NG"), text)));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void neitherDoesAMessageOfAnotherKind(Messages.Content content) throws Exception {
    assertNoGarbage(
        new Arrivals.ClosedLoop(Duration.ZERO), 4, new Messages(content, Optional.empty()));
  }

  @Test
  void neitherDoesAMessageByNio() throws Exception {
    assertAllocates(LIMIT, AllocationTest::openLoop, Transport.NIO);
  }

  /** Netty describes each operation of io_uring in an object: one to send, one to receive. */
  @Test
  void byIoUringAMessageAllocatesWhatNettyDoes() throws Exception {
    TransportTest.assumeAvailable(Transport.IO_URING);
    assertAllocates(LIMIT + 2 * OPERATION_BYTES, AllocationTest::openLoop, Transport.IO_URING);
  }

  /**
   * Histograms that were made anew for every interval filled the young generation once a second,
   * and the load waited while the collector moved them.
   */
  @Test
  void theRunsOwnThreadAllocatesLittleAnInterval() throws Exception {
    List<Long> allocated = new ArrayList<>();
    List<Double> starts = new ArrayList<>();
    try (TestServer server = TestServer.echo()) {
      new LoadRun(
              openLoop(LoadPlan.against(server.address()).connections(16).eventLoops(1))
                  .warmup(Duration.ofMillis(100))
                  .duration(Duration.ofSeconds(4))
                  .build(),
              progress -> {
                Interval latest = progress.latest();
                if (latest.phase() == Interval.Phase.MEASURE
                    && !starts.contains(latest.startSeconds())) {
                  starts.add(latest.startSeconds());
                  allocated.add(THREADS.getCurrentThreadAllocatedBytes());
                }
              })
          .run();
    }

    assertThat(allocated).hasSizeGreaterThan(2);
    assertThat(allocated.getLast() - allocated.getFirst())
        .as("bytes in %d intervals, with what the test itself takes", allocated.size() - 1)
        .isLessThan((allocated.size() - 1) * 500_000L);
  }

  private static LoadPlan.Builder openLoop(LoadPlan.Builder plan) {
    return plan.arrivals(Arrivals.OpenLoop.constant(20_000));
  }

  private static void assertNoGarbage(Arrivals arrivals, int depth, Messages messages)
      throws Exception {
    assertAllocates(
        LIMIT,
        plan -> plan.arrivals(arrivals).messages(messages).pipelineDepth(depth),
        Transport.EPOLL);
  }

  /** On a busy host two seconds of warm-up may end before the code is compiled. */
  private static void assertAllocates(
      int lessThanBytes, UnaryOperator<LoadPlan.Builder> load, Transport transport)
      throws Exception {
    Attempts.bestOfThree(
        () -> measure(lessThanBytes, plan -> load.apply(plan.transport(transport))));
  }

  private static void measure(int lessThanBytes, UnaryOperator<LoadPlan.Builder> load)
      throws Exception {
    AllocationPerMessage measured = new AllocationPerMessage();
    try (TestServer server = TestServer.echo()) {
      new LoadRun(
              load.apply(
                      LoadPlan.against(server.address())
                          .connections(16)
                          .eventLoops(1)
                          .warmup(Duration.ofSeconds(2))
                          .duration(Duration.ofSeconds(3)))
                  .build(),
              measured)
          .run();
    }

    assertThat(measured.messages).as("messages over which it was measured").isGreaterThan(1_000);
    assertThat((double) measured.bytes / measured.messages)
        .as("bytes allocated by the event loop for each message")
        .isLessThan(lessThanBytes);
  }

  /** Sums what the event loop's thread allocated over whole intervals of the measured phase. */
  private static final class AllocationPerMessage implements LoadProgress.Listener {

    private Interval counted =
        new Interval(
            -1,
            0,
            Interval.Phase.CONNECT,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            null,
            0,
            Map.of(),
            0,
            0,
            0,
            0,
            0);
    private long allocatedAtCut = -1;
    private long bytes;
    private long messages;

    @Override
    public void onProgress(LoadProgress progress) {
      Interval latest = progress.latest();
      if (latest.startSeconds() <= counted.startSeconds()) {
        return;
      }
      counted = latest;
      long allocated = allocatedByEventLoops();
      if (latest.phase() == Interval.Phase.MEASURE && allocatedAtCut >= 0) {
        bytes += allocated - allocatedAtCut;
        messages += latest.messages();
      }
      allocatedAtCut = latest.phase() == Interval.Phase.CONNECT ? -1 : allocated;
    }

    private static long allocatedByEventLoops() {
      long[] loops =
          Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
              .filter(thread -> thread != null && thread.getThreadName().startsWith("load-"))
              .mapToLong(ThreadInfo::getThreadId)
              .toArray();
      return Arrays.stream(loops).map(THREADS::getThreadAllocatedBytes).sum();
    }
  }
}
