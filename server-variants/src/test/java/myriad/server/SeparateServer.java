package myriad.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A variant's server in a process of its own, which has little, and how to ask it. */
final class SeparateServer implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter questions;
  private final InetSocketAddress address;

  private SeparateServer(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader();
    this.questions = process.outputWriter();
    this.address =
        new InetSocketAddress(
            ServerConfig.loopback().bindAddress().getAddress(),
            Integer.parseInt(String.valueOf(answers.readLine())));
  }

  /** Starts one that may have so many descriptors. */
  static SeparateServer ofFewDescriptors(ServerVariant variant, int threads, int descriptors)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh"));
    command.addAll(command(variant, threads));
    return start(command);
  }

  /**
   * Starts one whose heap is small and resident from the start, and whose code is never compiled:
   * what grows is memory that the server holds outside of the heap. Processes that it starts are
   * like it.
   */
  static SeparateServer ofFixedHeap(ServerVariant variant, int threads) throws IOException {
    List<String> command = command(variant, threads);
    command.addAll(
        command.indexOf("-cp"),
        List.of("-Xint", "-XX:+UseSerialGC", "-Xms16m", "-Xmx16m", "-XX:+AlwaysPreTouch"));
    return start(command);
  }

  private static List<String> command(ServerVariant variant, int threads) {
    return new ArrayList<>(ChildCommand.jvm(Served.class, variant.id(), Integer.toString(threads)));
  }

  /** A process that does not tell its port is not left behind. */
  private static SeparateServer start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      return new SeparateServer(process);
    } catch (IOException | RuntimeException ended) {
      process.destroyForcibly();
      throw ended;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** Accepts that failed for want of a descriptor. */
  long failures() {
    return ask()[0];
  }

  long openConnections() {
    return ask()[1];
  }

  private long[] ask() {
    try {
      questions.newLine();
      questions.flush();
      String[] answer = String.valueOf(answers.readLine()).split(" ", -1);
      return Stream.of(answer).mapToLong(Long::parseLong).toArray();
    } catch (IOException failure) {
      throw new AssertionError("the server process ended", failure);
    }
  }

  /** Of the process, and of those that it started. */
  Duration cpuTime() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .flatMap(handle -> handle.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The process that serves: the only one that prefork started, elsewhere the process itself. */
  long servingPid() {
    return process.children().findFirst().orElse(process.toHandle()).pid();
  }

  /** Leaves the process that serves with the descriptors that it has, and no other. */
  void takeAwayDescriptors() throws IOException, InterruptedException {
    Path descriptors = Path.of("/proc", Long.toString(servingPid()), "fd");
    int lowestFree = 0;
    while (Files.exists(descriptors.resolve("" + lowestFree), LinkOption.NOFOLLOW_LINKS)) {
      lowestFree++;
    }
    limitDescriptors(Integer.toString(lowestFree));
  }

  /** Lets it have as many as the limit that it cannot raise. */
  void giveBackDescriptors() throws IOException, InterruptedException {
    Path limits = Path.of("/proc", Long.toString(servingPid()), "limits");
    String hardLimit =
        Files.readAllLines(limits).stream()
            .filter(line -> line.startsWith("Max open files"))
            .map(line -> line.split("\\s+", -1)[4])
            .findFirst()
            .orElseThrow();
    limitDescriptors(hardLimit);
  }

  private void limitDescriptors(String limit) throws IOException, InterruptedException {
    String whose = Long.toString(servingPid());
    Process setting =
        new ProcessBuilder("prlimit", "--pid", whose, "--nofile=" + limit + ":")
            .inheritIO()
            .start();
    if (setting.waitFor() != 0) {
      throw new IOException("prlimit could not set the limit of process " + whose);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /**
   * Serves the variant named by its first argument with as many threads as the second says; answers
   * each line with the accepts that failed, and the connections open. Out of descriptors a JVM
   * cannot open the files of classes, so it has served once before.
   */
  static final class Served {

    private Served() {}

    public static void main(String[] arguments) throws IOException {
      ServerVariant variant = VariantCatalog.find(arguments[0]).orElseThrow();
      ServerConfig config = ServerConfig.loopback().withThreads(Integer.parseInt(arguments[1]));
      try (RunningServer server = variant.start(config)) {
        serveOnce(server);
        String _ = answer(server);
        System.out.println(server.address().getPort());
        while (System.in.read() >= 0) {
          System.out.println(answer(server));
        }
      }
    }

    private static void serveOnce(RunningServer server) throws IOException {
      try (EchoClient client = EchoClient.connect(server.address())) {
        client.roundTrip(64);
        client.reset();
      }
      ServerVariantContractTest.awaitClosed(server, CloseKind.PEER_RESET, 1);
    }

    private static String answer(RunningServer server) {
      ServerCounters.Snapshot seen = server.counters().snapshot();
      return seen.acceptFailures().getOrDefault(AcceptFailure.PROCESS_DESCRIPTORS, 0L)
          + " "
          + seen.open();
    }
  }
}
