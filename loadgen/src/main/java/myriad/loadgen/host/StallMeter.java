package myriad.loadgen.host;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how late this process wakes: a thread that sleeps a millisecond at a time and keeps the
 * longest time it overslept. What stalls it (a pause of the collector, a CPU taken away by another
 * process or by the hypervisor) stalls the load too.
 */
public final class StallMeter implements AutoCloseable {

  private static final long NAP_NS = 1_000_000;

  private final AtomicLong longestNs = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  /** Starts to measure. */
  public StallMeter() {
    this.thread = Thread.ofPlatform().daemon().name("stall-meter").start(this::measure);
  }

  /** The longest stall since the last call, in nanoseconds. */
  public long takeLongestNs() {
    return longestNs.getAndSet(0);
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
      longestNs.accumulateAndGet(stallNs, Math::max);
    }
  }
}
