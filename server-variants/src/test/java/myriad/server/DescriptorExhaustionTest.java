package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server in a process of few descriptors, and more connections than those: accept fails, is
 * counted, is not tried all the time, and works again when connections have closed.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DescriptorExhaustionTest {

  private static final int DESCRIPTORS = 200;
  private static final int CONNECTIONS = 300;
  private static final int LEAVING = 200;
  private static final int MESSAGE_BYTES = 64;
  private static final Duration OBSERVATION = Duration.ofMillis(500);

  /** They hold one connection at a time and so never run out. */
  private static final Set<String> ONE_AT_A_TIME = Set.of("sequential", "prefork");

  /** It takes all the CPU it can get, whatever happens. */
  private static final String NEVER_SLEEPS = "busy-poll";

  static Stream<Named<ServerVariant>> variants() {
    return ServerVariantContractTest.variants()
        .filter(variant -> !ONE_AT_A_TIME.contains(variant.getName()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void countsBacksOffAndRecovers(ServerVariant variant) throws Exception {
    ServerVariantContractTest.assumeRuns(variant);
    List<EchoClient> clients = new ArrayList<>();
    Process process =
        new ProcessBuilder(limited(ChildCommand.jvm(LimitedServer.class, variant.id())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = process.inputReader();
        BufferedWriter questions = process.outputWriter()) {
      int port = Integer.parseInt(answers.readLine());
      InetSocketAddress address =
          new InetSocketAddress(ServerConfig.loopback().bindAddress().getAddress(), port);
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(EchoClient.connect(address));
      }
      Await.until("accept fails", () -> ask(questions, answers).failures > 0);

      Observation before = ask(questions, answers);
      Thread.sleep(OBSERVATION);
      Observation after = ask(questions, answers);
      assertThat(after.failures - before.failures)
          .as("accepts that failed within %s; many more mean spinning", OBSERVATION)
          .isBetween(1L, 30L);
      if (!variant.id().equals(NEVER_SLEEPS)) {
        assertThat(Duration.ofNanos(after.cpuNs - before.cpuNs))
            .as("CPU time within %s", OBSERVATION)
            .isLessThan(OBSERVATION.dividedBy(2));
      }

      for (EchoClient leaving : clients.subList(0, LEAVING)) {
        leaving.hangUp();
      }
      for (EchoClient staying : clients.subList(LEAVING, CONNECTIONS)) {
        staying.roundTrip(MESSAGE_BYTES);
      }
    } finally {
      process.destroyForcibly();
      for (EchoClient client : clients) {
        client.hangUp();
      }
    }
  }

  private static List<String> limited(List<String> command) {
    List<String> limited = new ArrayList<>();
    limited.addAll(List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$@\"", "sh"));
    limited.addAll(command);
    return limited;
  }

  private static Observation ask(BufferedWriter questions, BufferedReader answers) {
    try {
      questions.newLine();
      questions.flush();
      String[] answer = answers.readLine().split(" ", -1);
      return new Observation(Long.parseLong(answer[0]), Long.parseLong(answer[1]));
    } catch (IOException failure) {
      throw new AssertionError("the server process ended", failure);
    }
  }

  /**
   * What the server process says of itself.
   *
   * @param failures accepts that failed for want of a descriptor
   * @param cpuNs CPU time since its start
   */
  private record Observation(long failures, long cpuNs) {}

  /**
   * Serves the variant named by its argument; answers each line with an observation. Out of
   * descriptors a JVM cannot open the files of classes, so it has served once before.
   */
  static final class LimitedServer {

    private LimitedServer() {}

    public static void main(String[] arguments) throws IOException {
      ServerVariant variant = VariantCatalog.find(arguments[0]).orElseThrow();
      ServerConfig roomForAll = ServerConfig.loopback().withThreads(CONNECTIONS);
      ServerConfig config =
          variant.capacity(roomForAll).isPresent() ? roomForAll : ServerConfig.loopback();
      try (RunningServer server = variant.start(config);
          EchoClient client = EchoClient.connect(server.address())) {
        client.roundTrip(MESSAGE_BYTES);
        client.reset();
        observe(server);
      }
      try (RunningServer server = variant.start(config)) {
        System.out.println(server.address().getPort());
        while (System.in.read() >= 0) {
          Observation now = observe(server);
          System.out.println(now.failures + " " + now.cpuNs);
        }
      }
    }

    private static Observation observe(RunningServer server) {
      return new Observation(
          server
              .counters()
              .snapshot()
              .acceptFailures()
              .getOrDefault(AcceptFailure.PROCESS_DESCRIPTORS, 0L),
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }
  }
}
