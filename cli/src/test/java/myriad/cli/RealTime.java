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
    chrt("-a", pid);
  }

  /** The event loops of a load, from when it measures: before that, its compiler needs the CPU. */
  static void putEventLoopsFirst(MyriadProcess load) throws Exception {
    load.awaitErr(line -> line.contains("measuring"));
    try (Stream<Path> threads = Files.list(Path.of("/proc", "" + load.pid(), "task"))) {
      for (Path thread : threads.toList()) {
        if (Files.readString(thread.resolve("comm")).startsWith("load-")) {
          chrt("-f", Long.parseLong(thread.getFileName().toString()));
        }
      }
    }
  }

  private static void chrt(String option, long pid) throws Exception {
    try (MyriadProcess chrt =
        MyriadProcess.start(List.of("chrt", option, "-f", "-p", "1", "" + pid))) {
      assertThat(chrt.exitCode()).describedAs("%s", chrt.err()).isZero();
    }
  }
}
