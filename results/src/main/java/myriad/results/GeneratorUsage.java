package myriad.results;

import java.util.Map;

/**
 * What the load generator itself cost within the measured phase, and what could have falsified the
 * measurement.
 *
 * @param cpuSeconds CPU (user and system) of the generator's process
 * @param gcPauseMillis time spent in garbage collection
 * @param longestStallMillis longest time a thread that sleeps 1 ms woke too late
 * @param busiestLoopUtilisation CPU of the busiest event loop, as a share of the measured time
 * @param kernelCounters growth of the host's counters, by their name in {@code /proc/net}
 */
public record GeneratorUsage(
    double cpuSeconds,
    long gcPauseMillis,
    double longestStallMillis,
    double busiestLoopUtilisation,
    Map<String, Long> kernelCounters) {

  public GeneratorUsage {
    Figures.finite("cpuSeconds", cpuSeconds);
    Figures.finite("longestStallMillis", longestStallMillis);
    Figures.finite("busiestLoopUtilisation", busiestLoopUtilisation);
    kernelCounters = Figures.ordered(kernelCounters);
  }

  public double cpuMicrosPerMessage(long messages) {
    return messages == 0 ? 0 : cpuSeconds * 1e6 / messages;
  }
}
