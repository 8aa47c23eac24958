package myriad.server.yardstick;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs of the C client, bound to the other core. */
final class EchoClientProcess {

  private static final String CLIENT_CORE = "1";

  private final Path binary;

  EchoClientProcess(Path binary) {
    this.binary = binary;
  }

  /**
   * What a server did for the client.
   *
   * @param perSecond round trips a second
   * @param serverCpuNs CPU time of the server a round trip, connecting included
   */
  record RoundTrips(double perSecond, double serverCpuNs) {}

  /** Lets {@code server} echo over {@code connections} in a closed loop. */
  RoundTrips load(
      MeasuredServer server, int connections, int bytes, int warmupMillis, int measureMillis)
      throws IOException {
    long cpuNsBefore = server.cpuNs();
    Process client =
        start(server, List.of("" + connections, "" + bytes, "" + warmupMillis, "" + measureMillis));
    try (BufferedReader output = client.inputReader()) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("no result of " + server.name() + " at " + connections);
      }
      String[] words = line.split(" ", -1);
      double cpuNs = server.cpuNs() - cpuNsBefore;
      return new RoundTrips(Double.parseDouble(words[0]), cpuNs / Long.parseLong(words[1]));
    }
  }

  /** Resident bytes a connection of {@code server}, above what it took without any. */
  double residentBytesPerIdleConnection(MeasuredServer server, int connections) throws IOException {
    long before = server.residentBytes();
    Process client = start(server, List.of("" + connections));
    try (BufferedReader output = client.inputReader()) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException(server.name() + " did not take " + connections + " connections");
      }
      awaitQuiet(server);
      return (double) (server.residentBytes() - before) / connections;
    } finally {
      client.outputWriter().close();
    }
  }

  /** The client may be connected to the backlog only: waits until the server stops growing. */
  private static void awaitQuiet(MeasuredServer server) throws IOException {
    try {
      long last;
      long now = server.residentBytes();
      do {
        Thread.sleep(1_000);
        last = now;
        now = server.residentBytes();
      } while (now != last);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
    }
  }

  private Process start(MeasuredServer server, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("taskset", "-c", CLIENT_CORE, binary.toString(), "" + server.port()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
