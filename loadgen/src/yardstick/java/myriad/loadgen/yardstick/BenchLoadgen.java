package myriad.loadgen.yardstick;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import myriad.loadgen.Transport;

/**
 * Measures the load generator, with recording and verifying on, against the C client of the
 * yardstick, which does the least that a client can: it compares nothing. Both load the same C
 * server on the other core, in mirrored turns; each pair of turns gives one ratio. What is printed
 * is the median with the least and the greatest, and the limit that it must keep; it ends with 1
 * where one is missed.
 *
 * <p>Usage: {@code BenchLoadgen FOLDER_OF_C_BINARIES LAUNCHER}, with this JVM's own options for the
 * generator, but for idle connections, which are those of the program itself. System properties:
 * {@code repeats}, {@code measureMillis}.
 */
final class BenchLoadgen {

  private static final String SERVER_CORE = "0";
  private static final String CLIENT_CORE = "1";
  private static final int MESSAGE_BYTES = 64;
  private static final int[] LOADS = {64, 1_000};
  private static final Limit LEAST_ROUND_TRIPS = Limit.atLeast(0.95);
  private static final Limit MOST_CPU = Limit.atMost(1.1);
  private static final Limit LEAST_CONNECTS = Limit.atLeast(20_000);
  private static final Limit MOST_IDLE_BYTES = Limit.atMost(2_000);

  private static final int WARMUP_MILLIS = 500;
  private static final int JIT_WARMUP_MILLIS = 5_000;

  /** What begins and ends a run is compiled too, on the core of the load. */
  private static final int JIT_WARMUP_TURNS = 4;

  private static final int PACED_RATE = 20_000;
  private static final int IDLE_CONNECTIONS = 15_000;
  private static final int IDLE_REPEATS = 5;

  /** Fewer than half of the ports of an address, as connect() is slow to find one in the rest. */
  private static final int CONNECTS = 10_000;

  private static final int CONNECT_WARMUP_ROUNDS = 6;

  private final int repeats = Integer.getInteger("repeats", 7);
  private final int measureMillis = Integer.getInteger("measureMillis", 2_000);
  private final Path binaries;
  private final LineProcess generator;
  private final String port;

  /**
   * @param generator with the transport that is the default
   */
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
    boolean kept;
    try (LineProcess server =
            LineProcess.start(SERVER_CORE, List.of(binaries.resolve("echo_server").toString()));
        LineProcess generator = startGenerator(Transport.EPOLL)) {
      kept = new BenchLoadgen(binaries, server, generator).measure(Path.of(arguments[1]));
    }
    System.exit(kept ? 0 : 1);
  }

  /** Each transport in a JVM of its own, whose compiler has seen no other. */
  private static LineProcess startGenerator(Transport transport) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            YardstickGenerator.class.getName(),
            transport.name()));
    return LineProcess.start(CLIENT_CORE, command);
  }

  /** Whether all limits are kept. */
  private boolean measure(Path launcher) throws IOException {
    generator.ask("load %s 64 0 %d 0".formatted(port, JIT_WARMUP_MILLIS));
    generator.ask("load %s 64 0 %d %d".formatted(port, JIT_WARMUP_MILLIS, PACED_RATE));
    boolean kept = roundTripsHold();
    kept &=
        MOST_CPU.holds(
            "CPU a message at %,d messages/s, ratio to C".formatted(PACED_RATE),
            ratios(generator, 64, PACED_RATE, Turn::cpuNs));
    kept &= LEAST_CONNECTS.holds("connects a second", connectsPerSecond());
    kept &=
        MOST_IDLE_BYTES.holds(
            "resident bytes of an idle connection of the program", idleBytes(launcher));
    measureRoundTripsWithIoUring();
    return kept;
  }

  private boolean roundTripsHold() throws IOException {
    boolean kept = true;
    for (int connections : LOADS) {
      kept &=
          LEAST_ROUND_TRIPS.holds(
              "round trips at %,d connections, ratio to C".formatted(connections),
              ratios(generator, connections, 0, Turn::perSecond));
    }
    return kept;
  }

  /** It has no limit to keep: it is there for those who ask for it. */
  private void measureRoundTripsWithIoUring() throws IOException {
    if (Transport.IO_URING.unavailabilityCause() != null) {
      System.out.println(
          "round trips with --transport io_uring: not measured, none can be had here");
      return;
    }
    try (LineProcess ioUringGenerator = startGenerator(Transport.IO_URING)) {
      ioUringGenerator.ask("load %s 64 0 %d 0".formatted(port, JIT_WARMUP_MILLIS));
      for (int connections : LOADS) {
        System.out.println(
            Figures.of(ratios(ioUringGenerator, connections, 0, Turn::perSecond))
                .line(
                    "round trips with --transport io_uring at %,d connections, ratio to C"
                        .formatted(connections)));
      }
    }
  }

  private List<Double> ratios(
      LineProcess generator, int connections, int rate, ToDoubleFunction<Turn> figure)
      throws IOException {
    for (int i = 0; i < JIT_WARMUP_TURNS; i++) {
      ours(generator, connections, rate);
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      boolean oursFirst = i % 2 == 0;
      Turn first = oursFirst ? ours(generator, connections, rate) : theirs(connections, rate);
      Turn second = oursFirst ? theirs(connections, rate) : ours(generator, connections, rate);
      Turn ours = oursFirst ? first : second;
      Turn theirs = oursFirst ? second : first;
      System.out.printf(
          "  messages a second: %,.0f, of C %,.0f; CPU ns a message: %,.0f, of C %,.0f%n",
          ours.perSecond(), theirs.perSecond(), ours.cpuNs(), theirs.cpuNs());
      ratios.add(figure.applyAsDouble(ours) / figure.applyAsDouble(theirs));
    }
    return ratios;
  }

  private Turn ours(LineProcess generator, int connections, int rate) throws IOException {
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
                "-n",
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
   * Each time from another address, whose ports do not wait for their last connection. The first
   * rounds only compile the code.
   */
  private List<Double> connectsPerSecond() throws IOException {
    List<Double> perSecond = new ArrayList<>();
    for (int round = 1; round <= CONNECT_WARMUP_ROUNDS + repeats; round++) {
      double ours =
          Double.parseDouble(
              generator.ask("connect %s %d 127.0.1.%d".formatted(port, CONNECTS, round)));
      if (round > CONNECT_WARMUP_ROUNDS) {
        System.out.printf("  connects a second: %,.0f, of C %,.0f%n", ours, connectsPerSecondOfC());
        perSecond.add(ours);
      }
    }
    return perSecond;
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

  private List<Double> idleBytes(Path launcher) throws IOException {
    IdleProgram program = new IdleProgram(launcher, binaries.resolve("runs"), CLIENT_CORE, port);
    List<Double> bytes = new ArrayList<>();
    for (int i = 0; i < IDLE_REPEATS; i++) {
      bytes.add(program.bytesAConnection(IDLE_CONNECTIONS));
    }
    return bytes;
  }
}
