package myriad.results;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * About one second of a run.
 *
 * @param startSeconds since the run began
 * @param lengthSeconds as it really was
 * @param phase what the run was doing
 * @param connectionsAttempted connects begun since the run began
 * @param connectionsOpen established at the end of the interval
 * @param connectionsFailed connects failed since the run began
 * @param messages echoed whole within the interval
 * @param errors counted within the interval
 * @param serviceP50Ns median service time of the interval, 0 if none was recorded
 * @param serviceP99Ns likewise, the 99th percentile
 * @param serviceMaxNs likewise, the longest
 * @param responseP99Ns 99th percentile of response time, 0 if none was recorded
 * @param lagP99Ns 99th percentile of lag, 0 if none was recorded
 * @param server the server's process within the interval; null if it is not known
 * @param generatorCpuCores CPU the load generator used, in cores
 * @param errorsByKind what {@code errors} are; a kind that is absent did not occur
 * @param generatorBusiestLoop share of the interval in which its busiest event loop ran, or was
 *     ready to run; of a loop that never sleeps, had something to do
 * @param generatorGcMillis time it spent in garbage collection
 * @param generatorStallMillis longest time a thread of it that sleeps 2 ms woke too late
 * @param responseP50Ns median response time of the interval, 0 if none was recorded
 * @param firstByteP99Ns 99th percentile of the time to the first byte, 0 if none was recorded
 */
public record Interval(
    double startSeconds,
    double lengthSeconds,
    Phase phase,
    long connectionsAttempted,
    int connectionsOpen,
    long connectionsFailed,
    long messages,
    long errors,
    long serviceP50Ns,
    long serviceP99Ns,
    long serviceMaxNs,
    long responseP99Ns,
    long lagP99Ns,
    @Nullable Server server,
    double generatorCpuCores,
    @JsonSetter(nulls = Nulls.AS_EMPTY) Map<Counter, Long> errorsByKind,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double generatorBusiestLoop,
    @JsonSetter(nulls = Nulls.AS_EMPTY) long generatorGcMillis,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double generatorStallMillis,
    @JsonSetter(nulls = Nulls.AS_EMPTY) long responseP50Ns,
    @JsonSetter(nulls = Nulls.AS_EMPTY) long firstByteP99Ns) {

  public Interval {
    Figures.finite("startSeconds", startSeconds);
    Figures.finite("lengthSeconds", lengthSeconds);
    Figures.finite("generatorCpuCores", generatorCpuCores);
    Figures.finite("generatorBusiestLoop", generatorBusiestLoop);
    Figures.finite("generatorStallMillis", generatorStallMillis);
    errorsByKind = Figures.ordered(errorsByKind);
  }

  /** The phases of a run, in their order. */
  public enum Phase {
    CONNECT,
    WARMUP,
    MEASURE,
    CLOSE
  }

  /**
   * The server's process at the end of an interval.
   *
   * @param cpuCores CPU used within the interval, in cores
   */
  public record Server(double cpuCores, long residentBytes, int threads, int descriptors) {

    public Server {
      Figures.finite("cpuCores", cpuCores);
    }
  }
}
