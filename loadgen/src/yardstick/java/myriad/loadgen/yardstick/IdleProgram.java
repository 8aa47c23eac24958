package myriad.loadgen.yardstick;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.loadgen.host.ProcessProbe;
import myriad.loadgen.host.ProcessSample;

/** The program as users start it, with idle connections: what its process has resident. */
final class IdleProgram {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** So that what serves connecting alone, and the compiler, are done. */
  private static final Duration REST = Duration.ofSeconds(5);

  /** So many that the code of connecting is compiled: what is resident once is not to count. */
  private static final int BASELINE_CONNECTIONS = 5_000;

  private final Path myriad;
  private final Path runs;
  private final String core;
  private final String port;

  /**
   * The program against one server.
   *
   * @param myriad the launcher
   * @param runs folder for what it writes
   * @param core that it is bound to
   * @param port of the server, on loopback
   */
  IdleProgram(Path myriad, Path runs, String core, String port) {
    this.myriad = myriad;
    this.runs = runs;
    this.core = core;
    this.port = port;
  }

  /**
   * By how many bytes a process with {@code connections} is larger than one with fewer, for each.
   */
  double bytesAConnection(int connections) throws IOException {
    double more = (double) residentBytes(connections) - residentBytes(BASELINE_CONNECTIONS);
    return more / (connections - BASELINE_CONNECTIONS);
  }

  private long residentBytes(int connections) throws IOException {
    Files.createDirectories(runs);
    Process process =
        new ProcessBuilder(
                List.of(
                    "taskset",
                    "-c",
                    core,
                    myriad.toString(),
                    "load",
                    "127.0.0.1:" + port,
                    "--idle",
                    "-c" + connections,
                    "-d2m",
                    "--quiet",
                    "-o" + runs))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(new File("/dev/null"))
            .start();
    try {
      ProcessProbe probe = new ProcessProbe(process.pid());
      awaitOpen(probe, connections);
      TimeUnit.NANOSECONDS.sleep(REST.toNanos());
      return sample(probe).residentBytes();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private static void awaitOpen(ProcessProbe probe, int connections)
      throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + DEADLINE.toNanos();
    while (sample(probe).descriptors() < connections) {
      if (System.nanoTime() > deadlineNs) {
        throw new IOException(
            "%,d connections were not open within %s".formatted(connections, DEADLINE));
      }
      Thread.sleep(100);
    }
  }

  private static ProcessSample sample(ProcessProbe probe) throws IOException {
    return probe.sample().orElseThrow(() -> new IOException("the program has ended"));
  }
}
