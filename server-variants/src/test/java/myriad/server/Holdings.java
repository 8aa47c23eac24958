package myriad.server;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds for the server that it runs.
 *
 * @param pid of the process
 */
record Holdings(long pid) {

  private static final long KIB = 1024;

  static Holdings ofThisProcess() {
    return new Holdings(ProcessHandle.current().pid());
  }

  /** Descriptors of sockets, epoll instances, rings and the like. */
  int descriptors() {
    return Leftovers.openSockets(pid);
  }

  /** Platform threads of servers; the kernel knows the first 15 characters of their names. */
  long threads() {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return tasks.filter(task -> isOfServer(task.resolve("comm"))).count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Memory that is resident and of no file. */
  long residentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst()
          .orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Direct memory of this process, as the JDK counts it and as Netty does. */
  static long directBytes() {
    long ofTheJdk =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return ofTheJdk + Math.max(0, PlatformDependent.usedDirectMemory());
  }

  private static boolean isOfServer(Path name) {
    try {
      return Files.readAllLines(name).getFirst().startsWith("myriad-");
    } catch (IOException endedMeanwhile) {
      return false;
    }
  }
}
