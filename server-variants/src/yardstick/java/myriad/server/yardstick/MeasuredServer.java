package myriad.server.yardstick;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server in a process of its own, with those that it starts, bound to one core; frozen while it
 * is not its turn. None of them outlives this process, however that ends: as what is frozen does
 * not notice the end of its standard input, a guard does, and kills their process group.
 */
final class MeasuredServer implements AutoCloseable {

  private static final String SERVER_CORE = "0";
  private static final int END_LIMIT_SECONDS = 10;
  private static final String GUARD = "read -r _; kill -s KILL -- \"-$1\"";

  private final String name;
  private final Process process;
  private final Process guard;
  private final BufferedReader output;
  private final int port;

  private MeasuredServer(
      String name, Process process, Process guard, BufferedReader output, int port) {
    this.name = name;
    this.process = process;
    this.guard = guard;
    this.output = output;
    this.port = port;
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param command says its port in its first line, and ends with its standard input
   */
  static MeasuredServer start(String name, List<String> command) throws IOException {
    List<String> pinned = new ArrayList<>(List.of("setsid", "taskset", "-c", SERVER_CORE));
    pinned.addAll(command);
    Process process =
        new ProcessBuilder(pinned).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Process guard =
        new ProcessBuilder("setsid", "sh", "-c", GUARD, "guard", "" + process.pid()).start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null) {
      guard.outputWriter().close();
      throw new IOException(name + " did not start");
    }
    return new MeasuredServer(name, process, guard, output, Integer.parseInt(line));
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

  /** Resident memory of all its processes now, in bytes. */
  long residentBytes() throws IOException {
    long bytes = 0;
    for (long pid : pids()) {
      bytes += residentBytes(pid);
    }
    return bytes;
  }

  /** CPU time that its processes have taken, ended threads too, in ns; the kernel tells 10 ms. */
  long cpuNs() throws IOException {
    long ticks = 0;
    for (long pid : pids()) {
      String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
      // The name in parentheses may hold anything; utime and stime are 11 and 12 fields behind it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
    return ticks * 10_000_000;
  }

  private long residentBytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + pid, "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS of " + name);
  }

  private List<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  @Override
  public void close() throws IOException {
    thaw();
    process.outputWriter().close();
    try {
      if (process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        guard.destroyForcibly();
      }
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
    } finally {
      guard.outputWriter().close();
    }
  }

  private void signal(String signal) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    pids().forEach(pid -> command.add("" + pid));
    Process kill = new ProcessBuilder(command).start();
    try {
      kill.waitFor();
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
    }
  }
}
