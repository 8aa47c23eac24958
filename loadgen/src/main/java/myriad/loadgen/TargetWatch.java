package myriad.loadgen;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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

  private final @Nullable ProcessTreeProbe probe;
  private final TargetHeap heap;
  private final SocketMemory sockets = new SocketMemory();
  private final @Nullable MemoryMark idle;
  private @Nullable MemoryMark connected;
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
   * CPU that the busiest thread used in the measured phase, in cores; empty if it cannot be told,
   * as of a process that is not known, or has too many threads to look at.
   */
  OptionalDouble busiestThread() {
    if (begin == null || end == null || begin.threadCpuNs.isEmpty()) {
      return OptionalDouble.empty();
    }
    Map<Long, Long> before = begin.threadCpuNs;
    double elapsedNs = Math.max(1, end.sample.atNs() - begin.sample.atNs());
    return end.threadCpuNs.entrySet().stream()
        .mapToDouble(
            thread -> (thread.getValue() - before.getOrDefault(thread.getKey(), 0L)) / elapsedNs)
        .max();
  }

  /** What was not counted at either end is not counted at all; ended threads take theirs along. */
  private static long contextSwitches(Mark begin, Mark end) {
    boolean counted = begin.contextSwitches > 0 && end.contextSwitches > 0;
    return counted ? Math.max(0, end.contextSwitches - begin.contextSwitches) : 0;
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
                    ? new Mark(sample, 0, Map.of())
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

  private record Mark(ProcessSample sample, long contextSwitches, Map<Long, Long> threadCpuNs) {}
}
