package myriad.loadgen.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Watches one process through {@code /proc/PID}, see {@code proc_pid_stat(5)}. Safe for use by any
 * thread.
 */
public final class ProcessProbe {

  /** Fixed by the kernel's user interface on every architecture that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long TICK_NS = 10_000_000;

  private static final int UTIME = 11;
  private static final int STIME = 12;
  private static final int CUTIME = 13;
  private static final int CSTIME = 14;
  private static final int NUM_THREADS = 17;
  private static final int RSS_PAGES = 21;

  private final Path process;
  private final long pageBytes;

  public ProcessProbe(long pid) {
    this(ProcFile.PROC, pid, PageSize.OF_THIS_HOST);
  }

  ProcessProbe(Path proc, long pid) {
    this(proc, pid, PageSize.bytes(proc));
  }

  private ProcessProbe(Path proc, long pid, long pageBytes) {
    this.process = proc.resolve(Long.toString(pid));
    this.pageBytes = pageBytes;
  }

  /** The process now, without its children, or nothing if it has ended. */
  public Optional<ProcessSample> sample() {
    return ProcFile.read(process.resolve("stat")).map(stat -> parse(stat, 0));
  }

  /**
   * Likewise, but with the CPU time of children that have ended and that it waited for, and theirs
   * (proc_pid_stat(5), cutime and cstime).
   */
  Optional<ProcessSample> sampleWithEndedChildren() {
    return ProcFile.read(process.resolve("stat"))
        .map(stat -> parse(stat, sum(fieldsOf(stat), CUTIME, CSTIME)));
  }

  /**
   * Context switches of all its threads since each started, voluntary or not. Reads a file a
   * thread: dear for a process of ten thousand.
   */
  public long contextSwitches() {
    return sumOverThreads(
        "status",
        status ->
            status
                .lines()
                .filter(line -> line.contains("voluntary_ctxt_switches"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .sum());
  }

  /**
   * CPU time of each of its threads since it started, in nanoseconds by its id. Where the kernel
   * keeps no {@code schedstat}, in steps of 10 ms. Reads a file a thread.
   */
  public Map<Long, Long> threadCpuNs() {
    Map<Long, Long> cpuNs = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : threads) {
        cpuNsOf(thread)
            .ifPresent(ns -> cpuNs.put(Long.parseLong(thread.getFileName().toString()), ns));
      }
    } catch (IOException ended) {
      return cpuNs;
    }
    return cpuNs;
  }

  private static Optional<Long> cpuNsOf(Path thread) {
    return ProcFile.read(thread.resolve("schedstat"))
        .map(schedstat -> Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))))
        .or(
            () ->
                ProcFile.read(thread.resolve("stat")).map(stat -> ticks(fieldsOf(stat)) * TICK_NS));
  }

  /**
   * Its share of the memory that it has resident: pages that several processes map count in parts.
   * Walks all its memory, so it belongs where nothing is measured; 0 if it cannot be read.
   */
  public long proportionalBytes() {
    return ProcFile.read(process.resolve("smaps_rollup"))
        .flatMap(text -> text.lines().filter(line -> line.startsWith("Pss:")).findFirst())
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .orElse(0L);
  }

  private ProcessSample parse(String stat, long ticksOfOthers) {
    List<String> fields = fieldsOf(stat);
    return new ProcessSample(
        System.nanoTime(),
        (ticks(fields) + ticksOfOthers) / TICKS_PER_SECOND,
        Long.parseLong(fields.get(RSS_PAGES)) * pageBytes,
        Integer.parseInt(fields.get(NUM_THREADS)),
        descriptors());
  }

  /** The name in parentheses may hold anything, so fields are counted from behind it. */
  private static List<String> fieldsOf(String stat) {
    return List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
  }

  private static long ticks(List<String> fields) {
    return sum(fields, UTIME, STIME);
  }

  private static long sum(List<String> fields, int one, int other) {
    return Long.parseLong(fields.get(one)) + Long.parseLong(fields.get(other));
  }

  private int descriptors() {
    Path fd = process.resolve("fd");
    try {
      // Since Linux 6.2 the size of this folder is the number of open descriptors.
      long size = Files.size(fd);
      return size > 0 ? (int) size : count(fd);
    } catch (IOException goneOrForbidden) {
      return 0;
    }
  }

  private static int count(Path folder) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path ignored : entries) {
        count++;
      }
    }
    return count;
  }

  private long sumOverThreads(String file, ToLongFunction<String> value) {
    long sum = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : threads) {
        sum += ProcFile.read(thread.resolve(file)).map(value::applyAsLong).orElse(0L);
      }
    } catch (IOException ended) {
      return sum;
    }
    return sum;
  }
}
