package myriad.results;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the server's process cost, read from {@code /proc} from outside.
 *
 * @param cpuSeconds CPU (user and system) used within the measured phase
 * @param idleResidentBytes resident memory before the first connection
 * @param residentBytes resident memory with the connections open and served, before the load
 * @param threads at the end of the measured phase
 * @param descriptors at the end of the measured phase
 * @param contextSwitches voluntary and involuntary, within the measured phase; null where it has so
 *     many threads that counting them would disturb the measurement
 * @param memoryGrowth by connections, of what kind; null if it was not measured
 * @param counters what the server itself counted, by name; empty for a server that is not ours
 */
public record ServerUsage(
    double cpuSeconds,
    long idleResidentBytes,
    long residentBytes,
    int threads,
    int descriptors,
    @JsonSetter(nulls = Nulls.SET) @Nullable Long contextSwitches,
    @JsonSetter(nulls = Nulls.SET) @Nullable MemoryGrowth memoryGrowth,
    Map<String, Long> counters) {

  /** Memory a connection is a figure from so many connections on. */
  public static final int LEAST_CONNECTIONS_FOR_MEMORY = 5_000;

  /**
   * A heap that grew by so much more than all that is resident was resident before, in good part.
   */
  private static final double LEAST_SHARE_OF_HEAP = 0.75;

  public ServerUsage {
    Figures.finite("cpuSeconds", cpuSeconds);
    counters = Figures.ordered(counters);
  }

  /**
   * Empty where no message came back, and where the processes used less than the kernel tells: of
   * each it counts whole ticks, of 10 ms mostly (proc(5)), and no message is for nothing.
   */
  public OptionalDouble cpuMicrosPerMessage(long messages) {
    return messages == 0 || cpuSeconds == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(cpuSeconds * 1e6 / messages);
  }

  /** This usage with what the server itself counted. */
  public ServerUsage withCounters(Map<String, Long> counters) {
    return new ServerUsage(
        cpuSeconds,
        idleResidentBytes,
        residentBytes,
        threads,
        descriptors,
        contextSwitches,
        memoryGrowth,
        counters);
  }

  /**
   * Growth of resident memory since before the first connection, for each open connection. Empty
   * for fewer than {@value #LEAST_CONNECTIONS_FOR_MEMORY}: a heap that grows by a few megabytes at
   * a time says nothing of them. Empty too where it did not grow, or by much less than the heap
   * within it: they fit into room that was resident before, and cost more than such a figure would
   * say.
   */
  public OptionalDouble residentBytesPerConnection(int openConnections) {
    long grown = residentBytes - idleResidentBytes;
    return openConnections < LEAST_CONNECTIONS_FOR_MEMORY
            || grown <= 0
            || grown < LEAST_SHARE_OF_HEAP * heapGrowth()
        ? OptionalDouble.empty()
        : OptionalDouble.of(grown / (double) openConnections);
  }

  private long heapGrowth() {
    Long heapBytes = memoryGrowth == null ? null : memoryGrowth.heapBytes();
    return heapBytes == null ? 0 : heapBytes;
  }
}
