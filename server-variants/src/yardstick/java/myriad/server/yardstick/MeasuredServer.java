package myriad.server.yardstick;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, bound to one core; frozen while it is not its turn. */
final class MeasuredServer implements AutoCloseable {

  private static final String SERVER_CORE = "0";
  private static final int END_LIMIT_SECONDS = 10;

  private final String name;
  private final Process process;
  private final BufferedReader output;
  private final int port;

  private MeasuredServer(String name, Process process) throws IOException {
    this.name = name;
    this.process = process;
    this.output = process.inputReader();
    String line = output.readLine();
    if (line == null) {
      throw new IOException(name + " did not start");
    }
    this.port = Integer.parseInt(line);
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param command says its port in its first line, and ends with its standard input
   */
  static MeasuredServer start(String name, List<String> command) throws IOException {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", SERVER_CORE));
    pinned.addAll(command);
    Process process =
        new ProcessBuilder(pinned).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new MeasuredServer(name, process);
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /** Takes the server off its core, so that it costs another one nothing. */
  void freeze() throws IOException {
    signal("-STOP");
  }

  void thaw() throws IOException {
    signal("-CONT");
  }

  /** Has a server of ours collect its garbage, and waits until it has. */
  void collectGarbage() throws IOException {
    BufferedWriter commands = process.outputWriter();
    commands.newLine();
    commands.flush();
    if (output.readLine() == null) {
      throw new IOException(name + " ended");
    }
  }

  /** Resident memory now, in bytes. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS of " + name);
  }

  /** CPU time that all threads of the server have taken, in ns. */
  long cpuNs() throws IOException {
    long ns = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", "" + process.pid(), "task"))) {
      for (Path thread : threads) {
        ns += Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", -1)[0]);
      }
    }
    return ns;
  }

  @Override
  public void close() throws IOException {
    thaw();
    process.outputWriter().close();
    try {
      if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException failure) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String signal) throws IOException {
    Process kill = new ProcessBuilder("kill", signal, "" + process.pid()).start();
    try {
      kill.waitFor();
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
    }
  }
}
