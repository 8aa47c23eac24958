package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import org.junit.jupiter.api.Test;

class PacedIoHandlerTest {

  private static final long ROUND_NS = 1_000;
  private static final long POLLED_BEFORE_DUE_NS = 10_000;

  private final Sockets sockets = new Sockets();
  private final Loop loop = new Loop();
  private final Due due = new Due();
  private long nowNs;

  @Test
  void aLoopThatSleepsWaitsAndIsWoken() {
    PacedIoHandler handler = handler(false);
    handler.run(loop);
    handler.wakeup();

    assertThat(sockets.couldBlock).isTrue();
    assertThat(sockets.wakeups).isOne();
  }

  @Test
  void aLoopThatSleepsPollsWhenItIsSoonDue() {
    PacedIoHandler handler = handler(false);
    due.atNs = POLLED_BEFORE_DUE_NS;
    handler.run(loop);
    assertThat(sockets.couldBlock).isTrue();

    handler.run(loop);
    assertThat(sockets.couldBlock).isFalse();
  }

  @Test
  void onlyItsRoundsThatPolledAreIdle() {
    PacedIoHandler handler = handler(false);
    due.atNs = POLLED_BEFORE_DUE_NS + 4 * ROUND_NS;
    rounds(handler, 10);

    assertThat(idleNs(handler)).as("the last five of ten").isEqualTo(5 * ROUND_NS);
  }

  @Test
  void aLoopThatPollsNeverWaitsAndNeedsNoWaking() {
    PacedIoHandler handler = handler(true);
    handler.run(loop);
    handler.wakeup();

    assertThat(sockets.couldBlock).isFalse();
    assertThat(sockets.wakeups).isZero();
  }

  @Test
  void roundsWithNothingToDoAreIdle() {
    PacedIoHandler handler = handler(true);
    rounds(handler, 11);

    assertThat(idleNs(handler)).isEqualTo(10 * ROUND_NS);
  }

  @Test
  void roundsThatHandleSocketsAreNot() {
    PacedIoHandler handler = handler(true);
    rounds(handler, 1);
    sockets.ready = 3;
    rounds(handler, 10);

    assertThat(idleNs(handler)).isZero();
  }

  @Test
  void norIsTheOneInWhichWhatIsDueIsDone() {
    PacedIoHandler handler = handler(true);
    due.atNs = 5 * ROUND_NS;
    rounds(handler, 11);

    assertThat(due.runs).isEqualTo(11);
    assertThat(idleNs(handler)).isEqualTo(9 * ROUND_NS);
  }

  @Test
  void norIsTheOneInWhichTasksRun() {
    PacedIoHandler handler = handler(true);
    rounds(handler, 5);
    loop.hasTasks = true;
    rounds(handler, 1);
    loop.hasTasks = false;
    rounds(handler, 5);

    assertThat(idleNs(handler)).isEqualTo(9 * ROUND_NS);
  }

  private PacedIoHandler handler(boolean busyPoll) {
    PacedIoHandler handler =
        new PacedIoHandler(sockets, busyPoll, POLLED_BEFORE_DUE_NS, () -> nowNs);
    handler.pace(due);
    return handler;
  }

  private void rounds(PacedIoHandler handler, int rounds) {
    for (int i = 0; i < rounds; i++) {
      handler.run(loop);
    }
  }

  private static long idleNs(PacedIoHandler handler) {
    return handler.idleTime().totalNs();
  }

  /** Work that is due once. */
  private static final class Due implements PacedIoHandler.Pacer {
    private long atNs = ArrivalSchedule.NEVER;
    private int runs;

    @Override
    public long nextDueNs() {
      return atNs;
    }

    @Override
    public void runDue(long nowNs) {
      runs++;
      if (atNs <= nowNs) {
        atNs = ArrivalSchedule.NEVER;
      }
    }

    @Override
    public void failed(Throwable fault) {
      throw new AssertionError(fault);
    }
  }

  /** A round of it takes {@link #ROUND_NS}. */
  private final class Sockets implements IoHandler {
    private int ready;
    private boolean couldBlock;
    private int wakeups;

    @Override
    public int run(IoHandlerContext context) {
      couldBlock = context.canBlock();
      nowNs += ROUND_NS;
      return ready;
    }

    @Override
    public void wakeup() {
      wakeups++;
    }

    @Override
    public void destroy() {}

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
      return true;
    }
  }

  private static final class Loop implements IoHandlerContext {
    private boolean hasTasks;

    @Override
    public boolean canBlock() {
      return !hasTasks;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return Long.MAX_VALUE;
    }

    @Override
    public long deadlineNanos() {
      return -1;
    }
  }
}
