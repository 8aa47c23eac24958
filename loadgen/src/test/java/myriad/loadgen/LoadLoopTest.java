package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What becomes of a loop's share of the load when the load ends. */
class LoadLoopTest {

  private static final int DUE = 1_000;
  private static final long SECOND_NS = 1_000_000_000L;

  /** Left out of response time, they would hide the longest waits: what the recording is for. */
  @Test
  void messagesThatTheLoopDidNotComeToWaitedInResponseTime() {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      LoadLoop loop =
          new LoadLoop(
              LoadPlan.against(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                  .transport(Transport.NIO)
                  .connections(1)
                  .eventLoops(1)
                  .arrivals(Arrivals.OpenLoop.constant(DUE))
                  .warmup(Duration.ZERO)
                  .duration(Duration.ofSeconds(1))
                  .build(),
              loops.next(),
              0);
      long twoSecondsAgoNs = System.nanoTime() - 2 * SECOND_NS;

      loop.startLoading(
          new LoadWindow(twoSecondsAgoNs, twoSecondsAgoNs, twoSecondsAgoNs + SECOND_NS), 0, 1);
      loop.stopLoading();
      LoopSnapshot ended = loop.swap(new LatencyRecorder(), new LatencyRecorder());

      assertThat(ended.counters()).containsEntry(Counter.NOT_DISPATCHED, (long) DUE);
      assertThat(ended.neverCameBack()).isEqualTo(DUE);
      Histogram response = ended.measured().histogram(LatencyKind.RESPONSE);
      assertThat(response.getTotalCount()).isEqualTo(DUE);
      assertThat(response.getMinValue()).as("of the last that was due").isGreaterThan(SECOND_NS);
    } finally {
      loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }
}
