package myriad.loadgen.yardstick;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measures the load generator, with recording and verifying on, against the C client of the
 * yardstick. Both load the same C server on the other core, in mirrored turns; each pair of turns
 * gives one ratio. What is printed is the median with the least and the greatest.
 *
 * <p>Usage: {@code BenchLoadgen FOLDER_OF_C_BINARIES}, with this JVM's own options for the
 * generator. System properties: {@code repeats}, {@code measureMillis}.
 */
final class BenchLoadgen {

  private static final String SERVER_CORE = "0";
  private static final String CLIENT_CORE = "1";
  private static final int MESSAGE_BYTES = 64;
  private static final int WARMUP_MILLIS = 500;
  private static final int JIT_WARMUP_MILLIS = 5_000;
  private static final int PACED_RATE = 20_000;
  private static final int IDLE_CONNECTIONS = 15_000;
  private static final int IDLE_REPEATS = 3;

  /** Fewer than half of the ports of an address, as connect() is slow to find one in the rest. */
  private static final int CONNECTS = 10_000;

  private static final int CONNECT_WARMUP_ROUNDS = 6;

  private final int repeats = Integer.getInteger("repeats", 7);
  private final int measureMillis = Integer.getInteger("measureMillis", 2_000);
  private final Path binaries;
  private final LineProcess generator;
  private final String port;

  private BenchLoadgen(Path binaries, LineProcess server, LineProcess generator)
      throws IOException {
    this.binaries = binaries;
    this.generator = generator;
    this.port = server.readLine();
  }

  /** What a turn gives: messages a second, and CPU time of the client in ns a message. */
  private record Turn(double perSecond, double cpuNs) {}

  public static void main(String[] arguments) throws IOException {
    Path binaries = Path.of(arguments[0]);
    try (LineProcess server =
            LineProcess.start(SERVER_CORE, List.of(binaries.resolve("echo_server").toString()));
        LineProcess generator = LineProcess.start(CLIENT_CORE, generatorCommand())) {
      new BenchLoadgen(binaries, server, generator).measure();
    }
  }

  private static List<String> generatorCommand() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), YardstickGenerator.class.getName()));
    return command;
  }

  private void measure() throws IOException {
    generator.ask("load %s 64 0 %d 0".formatted(port, JIT_WARMUP_MILLIS));
    generator.ask("load %s 64 0 %d %d".formatted(port, JIT_WARMUP_MILLIS, PACED_RATE));
    for (int connections : new int[] {64, 1_000}) {
      print(
          "round trips at %,d connections, ratio to C".formatted(connections),
          ratios(connections, 0, Turn::perSecond));
    }
    print(
        "CPU a message at %,d messages/s, ratio to C".formatted(PACED_RATE),
        ratios(64, PACED_RATE, Turn::cpuNs));
    print("connects, ratio to C", connectRatios());
    print("resident bytes an idle connection", idleBytes(port));
  }

  private List<Double> ratios(int connections, int rate, ToDoubleFunction<Turn> figure)
      throws IOException {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      boolean oursFirst = i % 2 == 0;
      Turn first = oursFirst ? ours(connections, rate) : theirs(connections, rate);
      Turn second = oursFirst ? theirs(connections, rate) : ours(connections, rate);
      Turn ours = oursFirst ? first : second;
      Turn theirs = oursFirst ? second : first;
      ratios.add(figure.applyAsDouble(ours) / figure.applyAsDouble(theirs));
    }
    return ratios;
  }

  private Turn ours(int connections, int rate) throws IOException {
    String[] figures =
        generator
            .ask(
                "load %s %d %d %d %d"
                    .formatted(port, connections, WARMUP_MILLIS, measureMillis, rate))
            .split(" ", -1);
    return new Turn(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
  }

  private Turn theirs(int connections, int rate) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.resolve("echo_client").toString(),
                port,
                "" + connections,
                "" + MESSAGE_BYTES,
                "" + WARMUP_MILLIS,
                "" + measureMillis));
    if (rate > 0) {
      command.add("" + rate);
    }
    try (LineProcess client = LineProcess.start(CLIENT_CORE, command)) {
      client.readLine();
      String[] figures = client.readLine().split(" ", -1);
      return new Turn(Double.parseDouble(figures[0]), Double.parseDouble(figures[2]));
    }
  }

  /**
   * Ratios of connects a second; ours each time from another address, whose ports do not wait for
   * their last connection. The first rounds only compile the code.
   */
  private List<Double> connectRatios() throws IOException {
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= CONNECT_WARMUP_ROUNDS + repeats; round++) {
      double ours =
          Double.parseDouble(
              generator.ask("connect %s %d 127.0.1.%d".formatted(port, CONNECTS, round)));
      double theirs = connectsPerSecondOfC();
      if (round > CONNECT_WARMUP_ROUNDS) {
        System.out.printf("  connects a second: %,.0f, of C %,.0f%n", ours, theirs);
        ratios.add(ours / theirs);
      }
    }
    return ratios;
  }

  private double connectsPerSecondOfC() throws IOException {
    long startNs = System.nanoTime();
    try (LineProcess client =
        LineProcess.start(
            CLIENT_CORE,
            List.of(binaries.resolve("echo_client").toString(), port, "" + CONNECTS))) {
      client.readLine();
      return CONNECTS * 1e9 / (System.nanoTime() - startNs);
    }
  }

  /** Each in a fresh process, as a second time the heap has room already. */
  private static List<Double> idleBytes(String port) throws IOException {
    List<Double> bytes = new ArrayList<>();
    for (int i = 0; i < IDLE_REPEATS; i++) {
      try (LineProcess fresh = LineProcess.start(CLIENT_CORE, generatorCommand())) {
        fresh.ask("load %s 64 0 %d 0".formatted(port, JIT_WARMUP_MILLIS));
        bytes.add(Double.parseDouble(fresh.ask("idle %s %d".formatted(port, IDLE_CONNECTIONS))));
      }
    }
    return bytes;
  }

  private static void print(String what, List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    String format = median < 100 ? "%-48s%10.2f [%.2f %.2f]%n" : "%-48s%,10.0f [%,.0f %,.0f]%n";
    System.out.printf(format, what, median, sorted.getFirst(), sorted.getLast());
  }
}
