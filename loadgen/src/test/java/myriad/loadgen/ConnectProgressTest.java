package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectProgressTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final ConnectProgress progress =
      new ConnectProgress(
          LoadPlan.against(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7))
              .connections(10)
              .connectTimeout(Duration.ofSeconds(5))
              .build(),
          0);

  @Test
  void itEndsWhenEveryConnectionIsServedOrFailed() {
    assertThat(progress.hasEnded(status(10, 1, 9, 9, 0), 1)).isFalse();
    assertThat(progress.hasEnded(status(10, 0, 9, 9, 1), 2)).isTrue();
  }

  @Test
  void connectionsThatAreNotServedAreWaitedForTwoSeconds() {
    assertThat(progress.hasEnded(status(10, 0, 10, 4, 0), 0)).isFalse();
    assertThat(progress.hasEnded(status(10, 0, 10, 4, 0), 2 * SECOND_NS)).isFalse();
    assertThat(progress.hasEnded(status(10, 0, 10, 4, 0), 2 * SECOND_NS + 1)).isTrue();
  }

  @Test
  void aConnectionServedMeanwhileStartsTheWaitAnew() {
    assertThat(progress.hasEnded(status(10, 0, 10, 4, 0), SECOND_NS)).isFalse();
    assertThat(progress.hasEnded(status(10, 0, 10, 5, 0), 2 * SECOND_NS)).isFalse();
    assertThat(progress.hasEnded(status(10, 0, 10, 5, 0), 4 * SECOND_NS)).isFalse();
  }

  @Test
  void aTargetThatTakesNothingAnyMoreIsGivenUp() {
    assertThat(progress.hasEnded(status(6, 2, 4, 1, 0), SECOND_NS)).isFalse();
    assertThat(progress.hasEnded(status(8, 2, 4, 1, 2), 6 * SECOND_NS))
        .as("timeouts are no progress")
        .isFalse();
    assertThat(progress.hasEnded(status(9, 2, 4, 1, 3), 6 * SECOND_NS + 1)).isTrue();
  }

  @Test
  void aSlowRampIsWaitedFor() {
    assertThat(progress.hasEnded(status(1, 0, 1, 1, 0), SECOND_NS)).isFalse();
    assertThat(progress.hasEnded(status(1, 0, 1, 1, 0), 60 * SECOND_NS)).isFalse();
  }

  /** As with a proxy that has no backend, and --reconnect: each is taken, ends and is replaced. */
  @Test
  void connectionsThatAreReplacedForEverWithoutBeingServedAreNotWaitedFor() {
    for (int second = 0; second <= 7; second++) {
      ConnectStatus busy = new ConnectStatus(10 + 9 * second, 10, 3, 1 + second % 3, 1, second, 0);
      assertThat(progress.hasEnded(busy, second * SECOND_NS)).as("after %d s", second).isFalse();
    }
    ConnectStatus stillBusy = new ConnectStatus(99, 10, 3, 2, 1, 99, 0);
    assertThat(progress.hasEnded(stillBusy, 7 * SECOND_NS + 1))
        .as("the connect timeout and the time to settle are over")
        .isTrue();
  }

  /** One connection is refused again and again, and replaced; the others are on their way. */
  @Test
  void failuresAreCountedBySlots() {
    ConnectStatus oneFails = new ConnectStatus(30, 10, 9, 0, 0, 21, 0);

    assertThat(progress.hasEnded(oneFails, 1)).isFalse();
    assertThat(progress.hasEnded(new ConnectStatus(31, 10, 0, 9, 9, 22, 0), 2)).isTrue();
  }

  private static ConnectStatus status(
      int attempted, int connecting, int open, int served, int failed) {
    return new ConnectStatus(attempted, attempted, connecting, open, served, failed, 0);
  }
}
