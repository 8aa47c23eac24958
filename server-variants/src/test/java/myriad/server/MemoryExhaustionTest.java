package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server that is asked for more event loops than there is direct memory for. Variants without
 * loops take memory for connections only, and io_uring has its rings from the kernel.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryExhaustionTest {

  private static final String DIRECT_MEMORY = "-XX:MaxDirectMemorySize=16m";
  private static final int BUFFER_BYTES = 256 * 1024;

  @ParameterizedTest(name = "{0}, {1} loops")
  @CsvSource({"busy-poll, 100", "nio-selector, 100", "epoll, 400"})
  void aServerWithoutMemoryForItsLoopsIsRefusedAndLeavesNothing(String variantId, int loops)
      throws Exception {
    ServerVariantContractTest.assumeRuns(VariantCatalog.find(variantId).orElseThrow());
    List<String> command =
        new ArrayList<>(ChildCommand.jvm(CrowdedServer.class, variantId, Integer.toString(loops)));
    command.add(command.indexOf("-cp"), DIRECT_MEMORY);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      String said = process.inputReader().lines().collect(Collectors.joining("\n"));
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

      assertThat(said)
          .contains("refused: ", "memory")
          .contains("threads left: []", "sockets left: 0");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts the variant and the number of loops that its arguments name, and reports. */
  static final class CrowdedServer {

    private CrowdedServer() {}

    public static void main(String[] arguments) throws IOException {
      ServerVariant variant = VariantCatalog.find(arguments[0]).orElseThrow();
      ServerConfig oneLoop = ServerConfig.loopback().withThreads(1).withBufferBytes(BUFFER_BYTES);
      StartAttempt.after(variant, oneLoop)
          .makeAndReport(oneLoop.withThreads(Integer.parseInt(arguments[1])));
      Runtime.getRuntime().halt(0);
    }
  }
}
