package myriad.loadgen.host;

/**
 * A process at one moment, seen from outside.
 *
 * @param atNs {@link System#nanoTime} of the sample
 * @param cpuSeconds user and system time since it started; the kernel counts it in 10 ms steps
 * @param residentBytes memory resident (RSS)
 * @param threads that it has
 * @param descriptors that it has open; 0 if they may not be seen
 */
public record ProcessSample(
    long atNs, double cpuSeconds, long residentBytes, int threads, int descriptors) {

  /** Both together, at the time of this one. */
  ProcessSample plus(ProcessSample other) {
    return new ProcessSample(
        atNs,
        cpuSeconds + other.cpuSeconds,
        residentBytes + other.residentBytes,
        threads + other.threads,
        descriptors + other.descriptors);
  }
}
