package myriad.loadgen;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import myriad.loadgen.host.HostLimits;
import myriad.results.GeneratorUsage;
import myriad.results.Interval;
import myriad.results.Interval.Phase;
import myriad.results.RunResult.Outcome;

/**
 * One plan, run once against its target. {@link #run} is called once, by any thread, and blocks
 * until the run has ended; {@link #interrupt} may be called by any other thread at any time.
 *
 * <p>Phases: connect (every connection, and one message on each to see that it is served), warm-up,
 * measure, close (what is under way may still come back, then every connection is closed).
 */
public final class LoadRun {

  private static final long PROGRESS_NS = 250_000_000L;
  private static final long INTERVAL_NS = 1_000_000_000L;

  private static final Duration LONGEST_CLOSING = Duration.ofSeconds(10);

  /** From the decision to load to the first message, so that all loops start together. */
  private static final long LEAD_NS = 5_000_000L;

  private final LoadPlan plan;
  private final LoadProgress.Listener listener;
  private final TargetHeap targetHeap;
  private volatile boolean interrupted;
  private volatile Thread runner = Thread.currentThread();

  /**
   * Prepares a run; opens nothing yet.
   *
   * @param listener told of progress
   */
  public LoadRun(LoadPlan plan, LoadProgress.Listener listener) {
    this(plan, listener, TargetHeap.UNKNOWN);
  }

  /** Likewise, against a target whose heap can be asked for, before and with its connections. */
  public LoadRun(LoadPlan plan, LoadProgress.Listener listener, TargetHeap targetHeap) {
    this.targetHeap = targetHeap;
    this.plan = plan;
    this.listener = listener;
  }

  /**
   * Connects, warms up, measures, and closes. Errors of the target are in the result, not thrown:
   * {@link Outcome#TARGET_FAILED} once there were more than the plan allows, or if no connection
   * could be made, or all were lost.
   *
   * @throws HostLimitException if this host cannot carry the plan, found before anything was opened
   */
  public LoadResult run() throws HostLimitException {
    HostCheck.require(plan, new HostLimits());
    runner = Thread.currentThread();
    try (LoopGroup loops = new LoopGroup(plan);
        GeneratorProbe generator = new GeneratorProbe(loops.probes())) {
      return new Course(loops, generator).run();
    }
  }

  /** Ends the run early: {@link #run} returns soon, with {@link Outcome#PARTIAL}. */
  public void interrupt() {
    interrupted = true;
    LockSupport.unpark(runner);
  }

  /** The course of the run through its phases. */
  private final class Course {

    private final LoopGroup loops;
    private final GeneratorProbe generator;
    private final TargetWatch target = new TargetWatch(plan.serverPid(), targetHeap);
    private final IntervalLog log;
    private Interval latest;

    Course(LoopGroup loops, GeneratorProbe generator) {
      this.loops = loops;
      this.generator = generator;
      this.log = new IntervalLog(loops, target, generator);
      this.latest = log.cut(Phase.CONNECT);
    }

    LoadResult run() {
      RunSummary summary = new RunSummary(plan);
      connect();
      summary.connected(log);
      if (!interrupted && log.connections().served() > 0) {
        load(summary);
      }
      close();
      return summary.conclude(log, generator.kernelGrowth(), interrupted);
    }

    private void connect() {
      long startNs = System.nanoTime();
      loops.tell(loop -> loop.connections().startConnecting(startNs));
      ConnectProgress progress = new ConnectProgress(plan, startNs);
      await(
          Phase.CONNECT,
          Long.MAX_VALUE,
          () -> progress.hasEnded(loops.status(), System.nanoTime()));
      loops.tell(loop -> loop.connections().stopConnecting());
      target.connected();
      if (plan.arrivals() instanceof Arrivals.ClosedLoop) {
        target.tellPolling();
      }
      cut(Phase.CONNECT);
    }

    private void load(RunSummary summary) {
      long fromNs = System.nanoTime() + LEAD_NS;
      long measureFromNs = fromNs + plan.warmup().toNanos();
      long untilNs = measureFromNs + plan.duration().toNanos();
      loops.startLoading(new LoadWindow(fromNs, measureFromNs, untilNs), plan.life());
      await(Phase.WARMUP, measureFromNs, this::targetLost);
      cut(Phase.WARMUP);

      generator.begin();
      target.beginMeasuring();
      await(Phase.MEASURE, untilNs, this::targetLost);
      long endedNs = Math.min(untilNs, System.nanoTime());
      GeneratorUsage usage = generator.end();
      target.endMeasuring();
      loops.tell(LoadLoop::stopLoading);
      cut(Phase.MEASURE);
      Duration measured = Duration.ofNanos(Math.max(0, endedNs - measureFromNs));
      summary.measured(measured, log, generator, usage, target);

      if (!interrupted) {
        long deadlineNs = System.nanoTime() + plan.replyTimeout().toNanos();
        await(
            Phase.CLOSE,
            deadlineNs,
            () ->
                targetLost()
                    || loops.ask(LoadLoop::unsettled).stream().allMatch(left -> left == 0));
      }
    }

    private void close() {
      loops.tell(LoadLoop::closeAll);
      long deadlineNs = System.nanoTime() + LONGEST_CLOSING.toNanos();
      while (loops.status().open() > 0 && System.nanoTime() < deadlineNs) {
        LockSupport.parkNanos(1_000_000);
      }
      cut(Phase.CLOSE);
    }

    /**
     * Waits for {@code done}, or {@code untilNs}, or an interrupt, and meanwhile cuts intervals.
     */
    private void await(Phase phase, long untilNs, BooleanSupplier done) {
      long checkNs = phase == Phase.MEASURE || phase == Phase.WARMUP ? PROGRESS_NS : 2_000_000L;
      long nextProgressNs = System.nanoTime() + PROGRESS_NS;
      while (!interrupted && System.nanoTime() < untilNs && !done.getAsBoolean()) {
        long nowNs = System.nanoTime();
        LockSupport.parkNanos(Math.min(checkNs, untilNs - nowNs));
        if (System.nanoTime() - log.cutAtNs() >= INTERVAL_NS) {
          cut(phase);
        }
        if (System.nanoTime() >= nextProgressNs) {
          nextProgressNs = System.nanoTime() + PROGRESS_NS;
          reportProgress(phase);
        }
      }
    }

    private void cut(Phase phase) {
      latest = log.cut(phase);
      reportProgress(phase);
    }

    private void reportProgress(Phase phase) {
      ConnectStatus status = loops.status();
      Duration elapsed = Duration.ofNanos(System.nanoTime() - log.runStartNs());
      listener.onProgress(
          new LoadProgress(
              phase,
              elapsed,
              remaining(phase),
              plan.connections(),
              status.held(plan.life()),
              latest,
              log.total(LoopSnapshot::errors)));
    }

    private Duration remaining(Phase phase) {
      Duration inPhase = Duration.ofNanos(System.nanoTime() - phaseStartNs(phase));
      Duration left =
          switch (phase) {
            case CONNECT -> plan.warmup().plus(plan.duration());
            case WARMUP -> plan.warmup().plus(plan.duration()).minus(inPhase);
            case MEASURE -> plan.duration().minus(inPhase);
            case CLOSE -> Duration.ZERO;
          };
      return left.isNegative() ? Duration.ZERO : left;
    }

    private long phaseStartNs(Phase phase) {
      return log.runStartNs()
          + log.intervals().stream()
              .filter(interval -> interval.phase() == phase)
              .findFirst()
              .map(interval -> (long) (interval.startSeconds() * 1e9))
              .orElseGet(() -> log.cutAtNs() - log.runStartNs());
    }

    private boolean targetLost() {
      ConnectStatus status = loops.status();
      return status.open() == 0 && !status.isReplaced(plan.life());
    }
  }
}
