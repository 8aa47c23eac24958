package myriad.server.yardstick;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import myriad.server.Availability.Unavailable;
import myriad.server.ServerConfig;
import myriad.server.ServerVariant;
import myriad.server.VariantCatalog;
import myriad.server.yardstick.EchoClientProcess.RoundTrips;

/**
 * Measures variants against the C server. A variant and the C server are up together on one core,
 * one frozen while the other is measured; they take turns in mirrored order, and each pair of turns
 * gives one ratio, so that what drifts on the machine drifts for both. What is printed is the
 * median of the ratios with the least and the greatest, and behind it the median ratio of the CPU
 * time a round trip, which other load on the machine disturbs less.
 *
 * <p>Usage: {@code BenchServers FOLDER_OF_C_BINARIES [VARIANT...]}, with this JVM's own options for
 * the servers. {@code C-threaded} as a variant is the C server with an idle thread beside: what
 * every JVM pays for having threads, before it runs a line of Java. System properties: {@code
 * connections} (a list), {@code repeats}, {@code measureMillis}.
 */
final class BenchServers {

  private static final Path SOMAXCONN = Path.of("/proc/sys/net/core/somaxconn");
  private static final String THREADED_YARDSTICK = "C-threaded";
  private static final int MESSAGE_BYTES = 64;

  /** Long enough for a server that is slow to accept to have taken ten thousand connections. */
  private static final int WARMUP_MILLIS = 1_500;

  /** After 8 s the compilers still took 2 to 5 % of the core (server-variants/PROFILE.md). */
  private static final int JIT_WARMUP_MILLIS = 10_000;

  private static final int JIT_WARMUP_CONNECTIONS = 64;
  private static final int IDLE_CONNECTIONS = 15_000;
  private static final int BOUNDED_IDLE_CONNECTIONS = 1_000;

  /** Opened before those that are measured, so that a server's code for accepting is compiled. */
  private static final int EARLIER_IDLE_CONNECTIONS = 4_500;

  private final Path binaries;
  private final EchoClientProcess client;
  private final int[] connectionCounts;
  private final int repeats;
  private final int measureMillis;

  private BenchServers(Path binaries) {
    this.binaries = binaries;
    this.client = new EchoClientProcess(binaries.resolve("echo_client"));
    this.connectionCounts =
        Arrays.stream(System.getProperty("connections", "1,64,1000,10000").split(",", -1))
            .mapToInt(Integer::parseInt)
            .toArray();
    this.repeats = Integer.getInteger("repeats", 5);
    this.measureMillis = Integer.getInteger("measureMillis", 1_000);
  }

  public static void main(String[] arguments) throws IOException {
    BenchServers bench = new BenchServers(Path.of(arguments[0]));
    List<String> ids = List.of(arguments).subList(1, arguments.length);
    bench.printHeader();
    if (ids.contains(THREADED_YARDSTICK)) {
      bench.measureThreadedYardstick();
    }
    for (ServerVariant variant : VariantCatalog.all()) {
      if (ids.isEmpty() || ids.contains(variant.id())) {
        bench.measure(variant);
      }
    }
  }

  private void printHeader() {
    StringBuilder header = new StringBuilder("%-24s".formatted("median ratio to C at"));
    for (int connections : connectionCounts) {
      header.append("%26d".formatted(connections));
    }
    System.out.println(header + "%26s".formatted("bytes/idle connection"));
  }

  private void measureThreadedYardstick() throws IOException {
    System.out.printf("%-24s", THREADED_YARDSTICK);
    try (MeasuredServer yardstick = startYardstick();
        MeasuredServer threaded = startYardstick("--idle-thread")) {
      yardstick.freeze();
      threaded.freeze();
      for (int connections : connectionCounts) {
        System.out.printf("%26s", ratios(threaded, yardstick, connections));
      }
    }
    System.out.println();
  }

  private void measure(ServerVariant variant) throws IOException {
    if (variant.probe(ServerConfig.loopback()) instanceof Unavailable missing) {
      System.out.printf("%-24sskipped: %s%n", variant.id(), missing.reason());
      return;
    }
    System.out.printf("%-24s", variant.id());
    try (MeasuredServer yardstick = startYardstick();
        MeasuredServer server = startVariant(variant)) {
      yardstick.freeze();
      load(server, JIT_WARMUP_CONNECTIONS, JIT_WARMUP_MILLIS);
      server.freeze();
      for (int connections : connectionCounts) {
        System.out.printf(
            "%26s",
            takes(variant, connections)
                ? ratios(server, yardstick, connections)
                : "more than its backlog");
      }
    }
    try (MeasuredServer server = startVariant(variant)) {
      boolean bounded = variant.capacity(ServerConfig.loopback()).isPresent();
      load(server, JIT_WARMUP_CONNECTIONS, JIT_WARMUP_MILLIS);
      System.out.printf(
          "%22.0f%n",
          bounded
              ? client.residentBytesPerIdleConnection(server, 0, BOUNDED_IDLE_CONNECTIONS)
              : client.residentBytesPerIdleConnection(
                  server, EARLIER_IDLE_CONNECTIONS, IDLE_CONNECTIONS));
    } catch (IOException failure) {
      System.out.printf("%22s%n", failure.getMessage());
    }
  }

  /** Whether so many can be connected: those that it does not serve wait in its backlog. */
  private static boolean takes(ServerVariant variant, int connections) throws IOException {
    ServerConfig config = ServerConfig.loopback();
    int backlog =
        Math.min(config.backlog(), Integer.parseInt(Files.readAllLines(SOMAXCONN).getFirst()));
    OptionalInt capacity = variant.capacity(config);
    return capacity.isEmpty() || connections <= capacity.getAsInt() + backlog;
  }

  /** Median, least and greatest ratio of the rates, and the median ratio of CPU a round trip. */
  private String ratios(MeasuredServer server, MeasuredServer yardstick, int connections)
      throws IOException {
    List<Double> rates = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      boolean serverFirst = i % 2 == 0;
      RoundTrips first = turn(serverFirst ? server : yardstick, connections);
      RoundTrips second = turn(serverFirst ? yardstick : server, connections);
      RoundTrips ofServer = serverFirst ? first : second;
      RoundTrips ofYardstick = serverFirst ? second : first;
      rates.add(ofServer.perSecond() / ofYardstick.perSecond());
      cpu.add(ofYardstick.serverCpuNs() / ofServer.serverCpuNs());
    }
    return "%.2f [%.2f %.2f] %.2f"
        .formatted(median(rates), Collections.min(rates), Collections.max(rates), median(cpu));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private RoundTrips turn(MeasuredServer server, int connections) throws IOException {
    server.thaw();
    try {
      return load(server, connections, measureMillis);
    } finally {
      server.freeze();
    }
  }

  private RoundTrips load(MeasuredServer server, int connections, int millis) throws IOException {
    return client.load(server, connections, MESSAGE_BYTES, WARMUP_MILLIS, millis);
  }

  private MeasuredServer startYardstick(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(binaries.resolve("echo_server").toString()));
    command.addAll(List.of(options));
    return MeasuredServer.start("C", command);
  }

  private static MeasuredServer startVariant(ServerVariant variant) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(YardstickServer.class.getName());
    command.add(variant.id());
    return MeasuredServer.start(variant.id(), command);
  }
}
