package myriad.server.yardstick;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs of the C client, bound to the other core. */
final class EchoClientProcess {

  private static final String CLIENT_CORE = "1";

  /** At what a server holds, one a second, until it grows no more. */
  private static final int MOST_LOOKS = 30;

  private final Path binary;

  EchoClientProcess(Path binary) {
    this.binary = binary;
  }

  /**
   * What a server did for the client.
   *
   * @param perSecond round trips a second
   * @param serverCpuNs CPU time of the server a round trip
   */
  record RoundTrips(double perSecond, double serverCpuNs) {}

  /** Lets {@code server} echo over {@code connections} in a closed loop. */
  RoundTrips load(
      MeasuredServer server, int connections, int bytes, int warmupMillis, int measureMillis)
      throws IOException {
    Process client =
        start(server, List.of("" + connections, "" + bytes, "" + warmupMillis, "" + measureMillis));
    try (BufferedReader output = client.inputReader()) {
      String measuring = output.readLine();
      long cpuNsBefore = server.cpuNs();
      String line = output.readLine();
      if (measuring == null || line == null) {
        throw new IOException("no result of " + server.name() + " at " + connections);
      }
      String[] words = line.split(" ", -1);
      double cpuNs = server.cpuNs() - cpuNsBefore;
      return new RoundTrips(Double.parseDouble(words[0]), cpuNs / Long.parseLong(words[1]));
    }
  }

  /**
   * Growth of {@code server}'s resident memory by {@code connections} idle ones, for each, while it
   * holds {@code earlier} idle connections already; it collects its garbage before.
   */
  double residentBytesPerIdleConnection(MeasuredServer server, int earlier, int connections)
      throws IOException {
    if (earlier == 0) {
      return growth(server, connections);
    }
    Process held = start(server, List.of("" + earlier));
    try {
      awaitOpen(server, held, earlier);
      return growth(server, connections);
    } finally {
      held.outputWriter().close();
    }
  }

  private double growth(MeasuredServer server, int connections) throws IOException {
    server.collectGarbage();
    long before = server.residentBytes();
    Process client = start(server, List.of("" + connections));
    try {
      awaitOpen(server, client, connections);
      return (double) (server.residentBytes() - before) / connections;
    } finally {
      client.outputWriter().close();
    }
  }

  private static void awaitOpen(MeasuredServer server, Process client, int connections)
      throws IOException {
    if (client.inputReader().readLine() == null) {
      throw new IOException(server.name() + " did not take " + connections + " connections");
    }
    awaitQuiet(server);
  }

  /** The client may be connected to the backlog only: waits until the server stops growing. */
  private static void awaitQuiet(MeasuredServer server) throws IOException {
    try {
      long last;
      long now = server.residentBytes();
      int looks = 0;
      do {
        Thread.sleep(1_000);
        last = now;
        now = server.residentBytes();
      } while (now != last && ++looks < MOST_LOOKS);
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
