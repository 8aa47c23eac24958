package myriad.results;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the load generator itself cost within the measured phase, and what could have falsified the
 * measurement.
 *
 * @param cpuSeconds CPU (user and system) of the generator's process
 * @param gcPauseMillis time spent in garbage collection
 * @param longestStallMillis longest time a thread that sleeps 2 ms woke too late
 * @param busiestLoopUtilisation the highest {@link Loop#utilisation}
 * @param kernelCounters growth of the host's counters from before the first connect to the end of
 *     the measured phase, by their name in {@code /proc/net}
 * @param stalledMillis stalls of at least {@link #TELLING_STALL_MILLIS} together
 * @param loops each event loop
 */
public record GeneratorUsage(
    double cpuSeconds,
    long gcPauseMillis,
    double longestStallMillis,
    double busiestLoopUtilisation,
    Map<String, Long> kernelCounters,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double stalledMillis,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<Loop> loops) {

  /** Stalls shorter than this are ordinary scheduling. */
  public static final long TELLING_STALL_MILLIS = 10;

  public GeneratorUsage {
    Figures.finite("cpuSeconds", cpuSeconds);
    Figures.finite("longestStallMillis", longestStallMillis);
    Figures.finite("busiestLoopUtilisation", busiestLoopUtilisation);
    Figures.finite("stalledMillis", stalledMillis);
    kernelCounters = Figures.ordered(kernelCounters);
    loops = List.copyOf(loops);
  }

  /** Empty where no message came back. */
  public OptionalDouble cpuMicrosPerMessage(long messages) {
    return messages == 0 ? OptionalDouble.empty() : OptionalDouble.of(cpuSeconds * 1e6 / messages);
  }

  /**
   * One event loop, a thread, within the measured phase.
   *
   * @param cpuCores CPU that it used, in cores
   * @param utilisation share of the time in which it ran, or was ready to run and had no CPU; of a
   *     loop that never sleeps, in which it had something to do
   */
  public record Loop(double cpuCores, double utilisation) {
    public Loop {
      Figures.finite("cpuCores", cpuCores);
      Figures.finite("utilisation", utilisation);
    }
  }
}
