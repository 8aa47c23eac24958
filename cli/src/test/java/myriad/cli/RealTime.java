package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Threads that wait for no other, where what is measured is less than a turn of the scheduler. Only
 * for threads that sleep most of the time: they keep all others from their CPU.
 */
final class RealTime {

  private RealTime() {}

  /** Every thread of a process. */
  static void putFirst(long pid) throws Exception {
    run("chrt", "-a", "-f", "-p", "1", "" + pid);
  }

  /**
   * The event loops of a load, from when it warms up, on a CPU that its other threads do not use:
   * its compiler, and what watches its loops.
   */
  static void putEventLoopsFirst(MyriadProcess load, String cpu) throws Exception {
    load.awaitErr(line -> line.contains("warming up"));
    try (Stream<Path> threads = Files.list(Path.of("/proc", "" + load.pid(), "task"))) {
      for (Path thread : threads.toList()) {
        if (Files.readString(thread.resolve("comm")).startsWith("load-")) {
          String id = thread.getFileName().toString();
          run("taskset", "-c", "-p", cpu, id);
          run("chrt", "-f", "-p", "1", id);
        }
      }
    }
  }

  private static void run(String... command) throws Exception {
    try (MyriadProcess process = MyriadProcess.start(List.of(command))) {
      assertThat(process.exitCode()).describedAs("%s", process.err()).isZero();
    }
  }
}
