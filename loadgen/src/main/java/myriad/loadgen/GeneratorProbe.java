package myriad.loadgen;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import myriad.loadgen.host.KernelCounters;
import myriad.loadgen.host.StallMeter;
import myriad.loadgen.host.ThreadProbe;
import myriad.results.GeneratorUsage;

/** Watches the load generator itself, and the host's counters, over the measured phase. */
final class GeneratorProbe implements AutoCloseable {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final List<ThreadProbe> loops;
  private final KernelCounters kernel = new KernelCounters();
  private final StallMeter stalls = new StallMeter();
  private Mark from;
  private Mark until;

  GeneratorProbe(List<ThreadProbe> loops) {
    this.loops = loops;
    this.from = mark(loops, kernel);
    this.until = from;
  }

  /** CPU this process has used, in nanoseconds. */
  static long processCpuNs() {
    return PROCESS.getProcessCpuTime();
  }

  /** The measured phase begins. */
  void begin() {
    stalls.takeLongestNs();
    from = mark(loops, kernel);
  }

  /** What the phase since {@link #begin} cost. */
  GeneratorUsage end() {
    until = mark(loops, kernel);
    double elapsedNs = (double) Math.max(1, until.atNs - from.atNs);
    long busiestNs = 0;
    for (int i = 0; i < loops.size(); i++) {
      busiestNs = Math.max(busiestNs, until.loopBusyNs.get(i) - from.loopBusyNs.get(i));
    }
    return new GeneratorUsage(
        (until.cpuNs - from.cpuNs) / 1e9,
        until.gcMillis - from.gcMillis,
        stalls.takeLongestNs() / 1e6,
        Math.min(1, busiestNs / elapsedNs),
        KernelCounters.growth(from.kernel, until.kernel));
  }

  /**
   * How much of the measured phase the samples at its ends cover; far from 1, the run's own thread
   * was kept from its work.
   */
  double sampledShare(Duration measured) {
    return (until.atNs - from.atNs) / (double) Math.max(1, measured.toNanos());
  }

  @Override
  public void close() {
    stalls.close();
  }

  private static Mark mark(List<ThreadProbe> loops, KernelCounters kernel) {
    long gcMillis =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum();
    List<Long> busy = loops.stream().map(ThreadProbe::busyNs).toList();
    return new Mark(System.nanoTime(), processCpuNs(), gcMillis, busy, kernel.read());
  }

  private record Mark(
      long atNs, long cpuNs, long gcMillis, List<Long> loopBusyNs, Map<String, Long> kernel) {}
}
