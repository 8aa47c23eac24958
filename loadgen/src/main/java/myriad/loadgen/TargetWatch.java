package myriad.loadgen;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import myriad.loadgen.host.ProcessSample;
import myriad.loadgen.host.ProcessTreeProbe;
import myriad.loadgen.host.SocketMemory;
import myriad.results.MemoryGrowth;
import myriad.results.ServerUsage;
import org.jspecify.annotations.Nullable;

/** Watches the target's process from outside, if it is known. Used by the run's thread alone. */
final class TargetWatch {

  /** Reading a file a thread of a process of thousands would disturb what is measured. */
  private static final int MOST_THREADS_TO_READ = 1_000;

  /** The kernel tells CPU time of a thread that runs at its ticks, of 10 ms at the most. */
  private static final long UNLOADED_LOOK_NS = 100_000_000;

  /** A thread that uses more of a core than this for no messages polls. */
  private static final double POLLING = 0.5;

  private final @Nullable ProcessTreeProbe probe;
  private final TargetHeap heap;
  private final SocketMemory sockets = new SocketMemory();
  private final @Nullable MemoryMark idle;
  private @Nullable MemoryMark connected;
  private Set<Long> polling = Set.of();
  private @Nullable Mark begin;
  private @Nullable Mark end;

  TargetWatch(OptionalLong pid, TargetHeap heap) {
    this.heap = heap;
    probe = pid.isPresent() ? new ProcessTreeProbe(pid.getAsLong()) : null;
    idle = memory();
  }

  /** The process now; nothing if it is not known or has ended. */
  Optional<ProcessSample> sample() {
    return probe == null ? Optional.empty() : probe.sample();
  }

  /** All connections are open, and idle. */
  void connected() {
    connected = memory();
  }

  /**
   * Watches for a tenth of a second, in which there must be no load, which threads are busy all the
   * same: under load they tell nothing.
   */
  void tellPolling() {
    Mark from = mark();
    if (from == null) {
      return;
    }
    long untilNs = System.nanoTime() + UNLOADED_LOOK_NS;
    while (System.nanoTime() < untilNs && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(untilNs - System.nanoTime());
    }
    Mark to = mark();
    if (to != null) {
      polling =
          cores(from, to).entrySet().stream()
              .filter(thread -> thread.getValue() > POLLING)
              .map(Map.Entry::getKey)
              .collect(Collectors.toUnmodifiableSet());
    }
  }

  void beginMeasuring() {
    begin = mark();
  }

  void endMeasuring() {
    end = mark();
  }

  /**
   * What the measured phase cost; nothing if the process was not there all the while.
   *
   * @param measured length of the phase, to which CPU time is scaled from the moments of the
   *     samples
   */
  @Nullable ServerUsage usage(Duration measured) {
    if (idle == null || connected == null || begin == null || end == null) {
      return null;
    }
    double sampledSeconds = (end.sample.atNs() - begin.sample.atNs()) / 1e9;
    double cpuSeconds = end.sample.cpuSeconds() - begin.sample.cpuSeconds();
    return new ServerUsage(
        cpuSeconds * (measured.toNanos() / 1e9) / sampledSeconds,
        idle.residentBytes,
        connected.residentBytes,
        end.sample.threads(),
        end.sample.descriptors(),
        contextSwitches(begin, end),
        connected.growthSince(idle),
        Map.of());
  }

  /**
   * CPU that the busiest thread used in the measured phase, in cores, of those that do not poll;
   * empty if it cannot be told, as of a process that is not known, or has too many threads to look
   * at.
   */
  OptionalDouble busiestThread() {
    if (begin == null || end == null || begin.threadCpuNs.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        cores(begin, end).entrySet().stream()
            .filter(thread -> !polling.contains(thread.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .max()
            .orElse(0));
  }

  /** What each thread used between two marks, by its id. */
  private static Map<Long, Double> cores(Mark from, Mark to) {
    double elapsedNs = Math.max(1, to.sample.atNs() - from.sample.atNs());
    return to.threadCpuNs.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                thread ->
                    (thread.getValue() - from.threadCpuNs.getOrDefault(thread.getKey(), 0L))
                        / elapsedNs));
  }

  /** What was not counted at either end is not known; threads that ended took theirs along. */
  private static @Nullable Long contextSwitches(Mark begin, Mark end) {
    return begin.contextSwitches == null || end.contextSwitches == null
        ? null
        : Long.valueOf(Math.max(0, end.contextSwitches - begin.contextSwitches));
  }

  private @Nullable Mark mark() {
    if (probe == null) {
      return null;
    }
    ProcessTreeProbe watched = probe;
    return watched
        .sample()
        .map(
            sample ->
                sample.threads() > MOST_THREADS_TO_READ
                    ? new Mark(sample, null, Map.of())
                    : new Mark(sample, watched.contextSwitches(), watched.threadCpuNs()))
        .orElse(null);
  }

  private @Nullable MemoryMark memory() {
    if (probe == null) {
      return null;
    }
    ProcessTreeProbe watched = probe;
    OptionalLong heapBytes = heap.collect();
    return watched
        .sample()
        .map(
            sample ->
                new MemoryMark(
                    sample.residentBytes(),
                    watched.proportionalBytes(),
                    heapBytes,
                    sockets.bytes()))
        .orElse(null);
  }

  private record MemoryMark(
      long residentBytes, long proportionalBytes, OptionalLong heapBytes, long socketBytes) {

    MemoryGrowth growthSince(MemoryMark before) {
      boolean heapKnown = heapBytes.isPresent() && before.heapBytes.isPresent();
      return new MemoryGrowth(
          proportionalBytes - before.proportionalBytes,
          heapKnown ? heapBytes.getAsLong() - before.heapBytes.getAsLong() : null,
          socketBytes - before.socketBytes);
    }
  }

  private record Mark(
      ProcessSample sample, @Nullable Long contextSwitches, Map<Long, Long> threadCpuNs) {}
}
