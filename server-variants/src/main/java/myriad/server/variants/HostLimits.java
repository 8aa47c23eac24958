package myriad.server.variants;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import myriad.server.Availability;
import myriad.server.Availability.Available;
import myriad.server.Availability.Unavailable;

/**
 * How many threads and descriptors a server in this process, or in one that it starts, may have. A
 * limit that cannot be read, or is none, limits nothing.
 */
final class HostLimits {

  /** Threads of a JVM before it serves: of its compilers, its collector, and the like. */
  static final int THREADS_OF_A_JVM = 25;

  /** Descriptors of a JVM before it serves: its files, its pipes, its listener. */
  static final int DESCRIPTORS_OF_A_JVM = 50;

  /** A thread's stack and the guard below it are a map each. */
  private static final int MAPS_A_THREAD = 2;

  private static final String DESCRIPTORS = "ulimit -n";

  private final LimitFile proc;
  private final ProcessLimits process;
  private final PidsGroups groups;

  /**
   * Limits of a host as files tell them.
   *
   * @param proc where {@code /proc} is
   * @param cgroups where control groups are mounted
   */
  HostLimits(Path proc, Path cgroups) {
    this.proc = new LimitFile(proc);
    this.process = new ProcessLimits(proc);
    this.groups = new PidsGroups(proc, cgroups);
  }

  static HostLimits ofThisHost() {
    return new HostLimits(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
  }

  /**
   * Whether a server that asks for so much can have it.
   *
   * @param detail of the answer, if it can
   */
  Availability bear(Demand demand, String detail) {
    ThreadLimit threads = threads();
    long neededThreads = THREADS_OF_A_JVM + demand.threads();
    if (neededThreads > threads.threads()) {
      return tooFew("threads", demand, neededThreads, threads.threads(), threads.name());
    }
    long neededDescriptors = DESCRIPTORS_OF_A_JVM + demand.descriptors();
    return neededDescriptors > descriptors()
        ? tooFew("descriptors", demand, neededDescriptors, descriptors(), DESCRIPTORS)
        : new Available(detail);
  }

  /** How many connections can be had where each takes a thread, and what bounds them. */
  String mostConnectionsOnThreads() {
    ThreadLimit threads = threads();
    boolean descriptorsEndFirst = descriptors() < threads.threads();
    return "at most %,d connections: %s"
        .formatted(
            descriptorsEndFirst ? descriptors() : threads.threads(),
            descriptorsEndFirst ? DESCRIPTORS : threads.name());
  }

  /** The limit that the number of platform threads meets first. */
  ThreadLimit threads() {
    Stream<ThreadLimit> ofKernel =
        Stream.of(
                sysctl("kernel.pid_max", 1),
                sysctl("kernel.threads-max", 1),
                sysctl("vm.max_map_count", MAPS_A_THREAD),
                process.threads())
            .flatMap(Optional::stream);
    return Stream.concat(ofKernel, groups.limits())
        .min(Comparator.comparingLong(ThreadLimit::threads))
        .orElse(ThreadLimit.NONE);
  }

  /** How many descriptors a process may have. */
  long descriptors() {
    return process.descriptors().orElse(Long.MAX_VALUE);
  }

  private Optional<ThreadLimit> sysctl(String name, int unitsAThread) {
    return proc.number("sys/" + name.replace('.', '/'))
        .map(units -> new ThreadLimit(units / unitsAThread, name));
  }

  private static Unavailable tooFew(
      String what, Demand demand, long needed, long allowed, String limit) {
    return new Unavailable(
        "too few " + what,
        "%s: %,d %s, where %s allows %,d".formatted(demand.what(), needed, what, limit, allowed),
        "raise " + limit + (demand.threads() > 1 ? ", or ask for fewer (--threads)" : ""));
  }
}
