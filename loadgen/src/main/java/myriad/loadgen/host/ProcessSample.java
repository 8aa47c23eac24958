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
    long atNs, double cpuSeconds, long residentBytes, int threads, int descriptors) {}
