package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.server.Availability;
import myriad.server.ServerConfig;
import myriad.server.variants.AsyncTasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds in a JVM that was started without the options that the runtime would like. */
@Timeout(120)
class PlainJvmTest {

  @Test
  void withoutAnyOptionTheRuntimeRunsOnTheFallback() throws Exception {
    assertThat(outputOfPlainJvm())
        .contains("carrier virtual-thread: the JDK hides its continuations")
        .contains("--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED")
        .contains("echoed ab after [a, b]");
  }

  @Test
  void withItsExportTheRuntimeRunsOnContinuations() throws Exception {
    assertThat(outputOfPlainJvm("--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED"))
        .contains("carrier continuation: the JDK grants its continuations")
        .contains("echoed ab after [a, b]");
  }

  @Test
  void anUnknownCarrierMakesTheVariantUnavailableWithTheRemedy() throws Exception {
    assertThat(outputOfPlainJvm("-Dmyriad.async.carrier=xyz"))
        .contains("Unavailable[reason=no carrier of coroutines")
        .contains("myriad.async.carrier is 'xyz'; it takes continuation or virtual-thread")
        .contains("remedy=leave the system property myriad.async.carrier out")
        .contains("first loop: java.lang.IllegalStateException: no carrier of coroutines")
        .contains("second loop: java.lang.IllegalStateException: no carrier of coroutines")
        .doesNotContain("InitializerError");
  }

  @Test
  void continuationsThatAreAskedForAndHiddenAreRefusedWithTheOption() throws Exception {
    assertThat(outputOfPlainJvm("-Dmyriad.async.carrier=continuation"))
        .contains("Unavailable[reason=no carrier of coroutines")
        .contains("start the JVM with --add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");
  }

  private static String outputOfPlainJvm(String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended, after " + output).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Says which carrier it has, and uses it for timers, tasks and streams. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      switch (new AsyncTasks().probe(ServerConfig.loopback())) {
        case Availability.Available(String detail) -> System.out.println(detail);
        case Availability.Unavailable unavailable -> {
          System.out.println(unavailable);
          failAt("first loop");
          failAt("second loop");
          return;
        }
      }
      System.out.println(Async.run(Program::echoAfterTwoSleeps));
    }

    private static void failAt(String attempt) {
      try {
        EventLoop.create().close();
      } catch (IllegalStateException refused) {
        System.out.println(attempt + ": " + refused);
      }
    }

    private static String echoAfterTwoSleeps() throws Exception {
      List<String> letters = Async.gather(() -> late("a", 20), () -> late("b", 10)).await();
      StreamServer server = Streams.startServer(StreamsTestCase.anyPort(), StreamsTestCase::echo);
      Connection connection = Streams.openConnection(server.address());
      connection.writer().write(StreamsTestCase.bytes(String.join("", letters)));
      byte[] echoed = connection.reader().readExactly(2);
      connection.writer().close();
      server.close();
      server.waitClosed();
      return "echoed " + new String(echoed, StandardCharsets.US_ASCII) + " after " + letters;
    }

    private static String late(String letter, int millis) {
      Async.sleep(Duration.ofMillis(millis));
      return letter;
    }
  }
}
