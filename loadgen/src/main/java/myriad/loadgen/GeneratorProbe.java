package myriad.loadgen;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import myriad.loadgen.host.KernelCounters;
import myriad.loadgen.host.StallMeter;
import myriad.loadgen.host.StallMeter.Stalls;
import myriad.results.GeneratorUsage;

/**
 * Watches the load generator itself over intervals and over the measured phase, and the host's
 * counters since before the first connect. Used by the run's thread alone.
 */
final class GeneratorProbe implements AutoCloseable {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final List<LoopProbe> loops;
  private final KernelCounters kernel = new KernelCounters();
  private final Map<String, Long> kernelBefore = kernel.read();
  private final StallMeter stalls =
      new StallMeter(Duration.ofMillis(GeneratorUsage.TELLING_STALL_MILLIS).toNanos());
  private final StallMeter.Gauge phaseStalls = stalls.newGauge();
  private final StallMeter.Gauge intervalStalls = stalls.newGauge();
  private Mark intervalFrom;
  private Mark from;
  private Mark until;

  GeneratorProbe(List<LoopProbe> loops) {
    this.loops = loops;
    this.from = mark();
    this.until = from;
    this.intervalFrom = from;
  }

  /** Ends an interval: what it cost since the last one ended. */
  IntervalCost cutInterval() {
    Mark now = mark();
    Mark before = intervalFrom;
    intervalFrom = now;
    return new IntervalCost(
        (now.cpuNs - before.cpuNs) / now.nanosSince(before),
        now.loopsSince(before).stream()
            .mapToDouble(GeneratorUsage.Loop::utilisation)
            .max()
            .orElse(0),
        now.gcMillis - before.gcMillis,
        intervalStalls.take().longestNs() / 1e6);
  }

  /** The measured phase begins. */
  void begin() {
    phaseStalls.take();
    from = mark();
  }

  /** What the phase since {@link #begin} cost. */
  GeneratorUsage end() {
    until = mark();
    Stalls stalled = phaseStalls.take();
    List<GeneratorUsage.Loop> each = until.loopsSince(from);
    return new GeneratorUsage(
        (until.cpuNs - from.cpuNs) / 1e9,
        until.gcMillis - from.gcMillis,
        stalled.longestNs() / 1e6,
        each.stream().mapToDouble(GeneratorUsage.Loop::utilisation).max().orElse(0),
        kernelGrowth(),
        stalled.tellingSumNs() / 1e6,
        each);
  }

  /** Growth of the host's counters since before the first connect. */
  Map<String, Long> kernelGrowth() {
    return KernelCounters.growth(kernelBefore, kernel.read());
  }

  /**
   * How much of the measured phase the samples at its ends cover; far from 1, the run's own thread
   * was kept from its work.
   */
  double sampledShare(Duration measured) {
    return measured.isZero() ? 1 : (until.atNs - from.atNs) / (double) measured.toNanos();
  }

  /** The largest share of the measured phase that an event loop waited for a CPU. */
  double waitedShare() {
    return until.waitedShareSince(from);
  }

  /** Whether it is known how busy the event loops are. */
  boolean seesLoops() {
    return from.loops.stream().noneMatch(LoopProbe.Times.UNKNOWN::equals);
  }

  @Override
  public void close() {
    stalls.close();
  }

  private Mark mark() {
    long gcMillis =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum();
    List<LoopProbe.Times> times = loops.stream().map(LoopProbe::times).toList();
    return new Mark(System.nanoTime(), PROCESS.getProcessCpuTime(), gcMillis, times);
  }

  /**
   * The generator within an interval.
   *
   * @param cpuCores CPU of the process, in cores
   * @param busiestLoop the highest utilisation of an event loop
   */
  record IntervalCost(double cpuCores, double busiestLoop, long gcMillis, double stallMillis) {}

  private record Mark(long atNs, long cpuNs, long gcMillis, List<LoopProbe.Times> loops) {

    double nanosSince(Mark before) {
      return (double) Math.max(1, atNs - before.atNs);
    }

    double waitedShareSince(Mark before) {
      return IntStream.range(0, loops.size())
          .mapToDouble(i -> loops.get(i).waitedNs() - before.loops.get(i).waitedNs())
          .map(waitedNs -> waitedNs / nanosSince(before))
          .max()
          .orElse(0);
    }

    List<GeneratorUsage.Loop> loopsSince(Mark before) {
      List<GeneratorUsage.Loop> each = new ArrayList<>();
      for (int i = 0; i < loops.size(); i++) {
        LoopProbe.Times now = loops.get(i);
        LoopProbe.Times then = before.loops.get(i);
        each.add(
            new GeneratorUsage.Loop(
                (now.cpuNs() - then.cpuNs()) / nanosSince(before),
                Math.clamp((now.busyNs() - then.busyNs()) / nanosSince(before), 0, 1)));
      }
      return each;
    }
  }
}
