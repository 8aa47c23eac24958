package myriad.loadgen.host;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how late this process wakes: a thread that sleeps two milliseconds at a time and notes
 * by how much it overslept. What stalls it (a pause of the collector, a CPU taken away by another
 * process or by the hypervisor) stalls the load too.
 */
public final class StallMeter implements AutoCloseable {

  private static final long NAP_NS = 2_000_000;

  private final long tellingNs;
  private final List<Gauge> gauges = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Starts to measure.
   *
   * @param tellingNs stalls as long as this are added up
   */
  public StallMeter(long tellingNs) {
    this.tellingNs = tellingNs;
    this.thread = Thread.ofPlatform().daemon().name("stall-meter").start(this::measure);
  }

  /** A gauge that begins now, and is read apart from all others. */
  public Gauge newGauge() {
    Gauge gauge = new Gauge();
    gauges.add(gauge);
    return gauge;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void measure() {
    while (!closed) {
      long fromNs = System.nanoTime();
      LockSupport.parkNanos(NAP_NS);
      long stallNs = System.nanoTime() - fromNs - NAP_NS;
      gauges.forEach(gauge -> gauge.add(stallNs));
    }
  }

  /** Stalls since it was read last. */
  public final class Gauge {

    private final AtomicLong longestNs = new AtomicLong();
    private final AtomicLong tellingSumNs = new AtomicLong();

    private Gauge() {}

    /** What was measured since the last call. */
    public Stalls take() {
      return new Stalls(longestNs.getAndSet(0), tellingSumNs.getAndSet(0));
    }

    private void add(long stallNs) {
      longestNs.accumulateAndGet(stallNs, Math::max);
      if (stallNs >= tellingNs) {
        tellingSumNs.addAndGet(stallNs);
      }
    }
  }

  /**
   * Stalls over some time.
   *
   * @param longestNs the longest
   * @param tellingSumNs those together that were long enough to tell
   */
  public record Stalls(long longestNs, long tellingSumNs) {}
}
