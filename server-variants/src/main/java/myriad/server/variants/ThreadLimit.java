package myriad.server.variants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The limit of this host that the number of platform threads meets first. It is a limit for all
 * processes together where it is the kernel's, so a process gets somewhat fewer.
 *
 * @param threads how many threads it allows
 * @param name the name under which it is raised
 */
record ThreadLimit(long threads, String name) {

  /** A thread's stack and the guard below it are a map each. */
  private static final int MAPS_PER_THREAD = 2;

  /** The lowest limit that can be read; a limit that cannot be read, or is none, limits nothing. */
  static ThreadLimit ofThisHost() {
    return Stream.of(
            read("/proc/sys/kernel/pid_max", "kernel.pid_max", 1),
            read("/proc/sys/kernel/threads-max", "kernel.threads-max", 1),
            read("/proc/sys/vm/max_map_count", "vm.max_map_count", MAPS_PER_THREAD),
            read("/sys/fs/cgroup/pids.max", "pids.max of the control group", 1))
        .flatMap(List::stream)
        .min((a, b) -> Long.compare(a.threads, b.threads))
        .orElse(new ThreadLimit(Long.MAX_VALUE, "none"));
  }

  private static List<ThreadLimit> read(String file, String name, int unitsPerThread) {
    try {
      // By lines: reading the whole as one string gets no more than a character of such a file.
      long units = Long.parseLong(Files.readAllLines(Path.of(file)).getFirst());
      return List.of(new ThreadLimit(units / unitsPerThread, name));
    } catch (IOException | NumberFormatException noLimit) {
      return List.of();
    }
  }
}
