package myriad.loadgen;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Ticker;
import java.util.function.LongSupplier;

/**
 * An event loop's I/O that also wakes for a {@link Pacer}: it waits for sockets no longer than
 * until the pacer is due, and runs it after every round. Scheduling a task of the event loop for
 * each send would do the same with an allocation and a heap operation a message.
 *
 * <p>Where it polls it never waits: a reply is read when it comes, and not when a CPU that slept
 * has woken. Elsewhere too it polls when the pacer is due so soon that to set a timer takes as
 * long.
 */
final class PacedIoHandler implements IoHandler {

  private final IoHandler delegate;
  private final boolean busyPoll;
  private final long polledBeforeDueNs;
  private final LongSupplier nanoTime;
  private final IdleTime idleTime = new IdleTime();
  private final PacedContext pacedContext = new PacedContext();
  private Pacer pacer = Pacer.IDLE;
  private boolean mayHaveSlept;

  /**
   * A handler without a pacer yet.
   *
   * @param busyPoll never to sleep
   * @param polledBeforeDueNs how long before the pacer is due it polls, where it sleeps else
   * @param nanoTime {@link System#nanoTime}, or a clock in its place
   */
  PacedIoHandler(
      IoHandler delegate, boolean busyPoll, long polledBeforeDueNs, LongSupplier nanoTime) {
    this.delegate = delegate;
    this.busyPoll = busyPoll;
    this.polledBeforeDueNs = polledBeforeDueNs;
    this.nanoTime = nanoTime;
  }

  /** How long it polled in vain. */
  IdleTime idleTime() {
    return idleTime;
  }

  /** Sets who is woken from now on. Called on the event loop. */
  void pace(Pacer pacer) {
    this.pacer = pacer;
  }

  @Override
  public int run(IoHandlerContext context) {
    pacedContext.delegate = context;
    mayHaveSlept = false;
    int handled = delegate.run(pacedContext);
    try {
      pacer.endRound();
      long nowNs = nanoTime.getAsLong();
      idleTime.endRound(
          nowNs, handled == 0 && !mayHaveSlept, pacer.nextDueNs() > nowNs && context.canBlock());
      pacer.runDue(nowNs);
    } catch (RuntimeException | Error fault) {
      // Thrown on, it would end the loop's thread, and only Netty's log would have it.
      pacer.failed(fault);
    }
    return handled;
  }

  @Override
  public void initialize() {
    delegate.initialize();
  }

  @Override
  public void prepareToDestroy() {
    delegate.prepareToDestroy();
  }

  @Override
  public void destroy() {
    delegate.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return delegate.register(handle);
  }

  @Override
  public void wakeup() {
    // What never sleeps need not be woken; NIO would wake itself again in every round to come.
    if (!busyPoll) {
      delegate.wakeup();
    }
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return delegate.isCompatible(handleType);
  }

  /** Work that is due at times of its own. Called on the event loop only. */
  interface Pacer {

    Pacer IDLE =
        new Pacer() {
          @Override
          public long nextDueNs() {
            return ArrivalSchedule.NEVER;
          }

          @Override
          public void runDue(long nowNs) {}

          @Override
          public void failed(Throwable fault) {}
        };

    /** When {@link #runDue} is to run next, by {@link System#nanoTime}. */
    long nextDueNs();

    /** Does what is due by {@code nowNs}, and nothing else. */
    void runDue(long nowNs);

    /** What it did has thrown {@code fault}. */
    void failed(Throwable fault);

    /** All sockets that were ready together have been seen to. */
    default void endRound() {}
  }

  /** The event loop's own deadlines, or the pacer's where that is nearer. */
  private final class PacedContext implements IoHandlerContext {

    private static final long NO_DEADLINE = -1;

    private IoHandlerContext delegate = NO_CONTEXT;

    @Override
    public boolean canBlock() {
      boolean canBlock = !busyPoll && delegate.canBlock() && !isDueSoon();
      mayHaveSlept |= canBlock;
      return canBlock;
    }

    private boolean isDueSoon() {
      long dueNs = pacer.nextDueNs();
      return dueNs != ArrivalSchedule.NEVER && dueNs - nanoTime.getAsLong() < polledBeforeDueNs;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      long own = delegate.delayNanos(currentTimeNanos);
      long dueNs = pacer.nextDueNs();
      return dueNs == ArrivalSchedule.NEVER
          ? own
          : Math.min(own, Math.max(0, dueNs - currentTimeNanos));
    }

    @Override
    public long deadlineNanos() {
      long own = delegate.deadlineNanos();
      long dueNs = pacer.nextDueNs();
      if (dueNs == ArrivalSchedule.NEVER) {
        return own;
      }
      long dueOnTicker = dueNs - Ticker.systemTicker().initialNanoTime();
      return own == NO_DEADLINE ? dueOnTicker : Math.min(own, dueOnTicker);
    }

    @Override
    public void reportActiveIoTime(long activeNanos) {
      delegate.reportActiveIoTime(activeNanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      return delegate.shouldReportActiveIoTime();
    }
  }

  private static final IoHandlerContext NO_CONTEXT =
      new IoHandlerContext() {
        @Override
        public boolean canBlock() {
          return false;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
          return 0;
        }

        @Override
        public long deadlineNanos() {
          return 0;
        }
      };
}
