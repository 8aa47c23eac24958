package myriad.loadgen;

import myriad.loadgen.host.ThreadProbe;

/**
 * Watches one event loop, from any thread.
 *
 * @param thread what the kernel knows of it
 * @param idle when it ran and had nothing to do, which the kernel does not know
 */
record LoopProbe(ThreadProbe thread, IdleTime idle) {

  /** How it has spent its time so far; {@link Times#UNKNOWN} if the kernel does not tell. */
  Times times() {
    ThreadProbe.Times byKernel = thread.times();
    return byKernel.equals(ThreadProbe.Times.UNKNOWN)
        ? Times.UNKNOWN
        : new Times(byKernel.cpuNs(), byKernel.busyNs() - idle.totalNs(), byKernel.waitNs());
  }

  /**
   * How a loop spent its time; only the growth of these figures has a meaning.
   *
   * @param cpuNs it ran
   * @param busyNs it had something to do, whether or not it had a CPU
   * @param waitedNs it was ready to run and had no CPU
   */
  record Times(long cpuNs, long busyNs, long waitedNs) {

    static final Times UNKNOWN = new Times(0, 0, 0);
  }
}
