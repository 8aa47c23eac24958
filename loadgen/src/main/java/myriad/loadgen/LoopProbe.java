package myriad.loadgen;

import myriad.loadgen.host.ThreadProbe;
import org.jspecify.annotations.Nullable;

/**
 * Watches one event loop, from any thread.
 *
 * @param thread what the kernel knows of it
 * @param idle what a loop that never sleeps knows of itself; null of one that sleeps
 */
record LoopProbe(ThreadProbe thread, @Nullable IdleTime idle) {

  /** How it has spent its time so far; {@link Times#UNKNOWN} if nothing tells. */
  Times times() {
    ThreadProbe.Times byKernel = thread.times();
    return idle == null
        ? new Times(byKernel.cpuNs(), byKernel.busyNs())
        : new Times(byKernel.cpuNs(), System.nanoTime() - idle.totalNs());
  }

  /**
   * How a loop spent its time; only the growth of these figures has a meaning.
   *
   * @param cpuNs it ran
   * @param busyNs it had something to do, whether or not it had a CPU
   */
  record Times(long cpuNs, long busyNs) {

    static final Times UNKNOWN = new Times(0, 0);
  }
}
