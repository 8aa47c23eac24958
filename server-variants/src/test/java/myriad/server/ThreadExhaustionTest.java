package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server in a process that can have few threads more, or none. Address space is what runs out, as
 * every thread has a huge stack: limits on threads themselves do not hold for root.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadExhaustionTest {

  private static final int ADDRESS_SPACE_KIB = 5 * 1024 * 1024;
  private static final List<String> HUGE_STACKS_LITTLE_ELSE =
      List.of(
          "-Xlog:disable",
          "-Xss64m",
          "-Xmx64m",
          "-XX:CompressedClassSpaceSize=32m",
          "-XX:ReservedCodeCacheSize=48m");

  private static final int MORE_THREADS_THAN_FIT = 10_000;
  private static final int THREADS_ASKED_FOR = 4;

  @ParameterizedTest(name = "{0}, room for {1}")
  @CsvSource({
    "sequential, 0",
    "prefork, 0",
    "thread-per-connection, 0",
    "thread-pool, 0",
    "virtual-threads, 0",
    "busy-poll, 0",
    "busy-poll, 2",
    "nio-selector, 0",
    "nio-selector, 2",
    "nio2-completion, 0",
    "nio2-completion, 2",
    "epoll, 0",
    "epoll, 2",
    "io_uring, 0",
    "io_uring, 2",
    "async-tasks, 0",
    "async-tasks, 2"
  })
  void aServerThatCannotHaveItsThreadsIsRefusedAndLeavesNothing(String variantId, int room)
      throws Exception {
    ServerVariantContractTest.assumeRuns(VariantCatalog.find(variantId).orElseThrow());
    Process process =
        new ProcessBuilder(limited(variantId, room))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said = process.inputReader().lines().collect(Collectors.joining("\n"));
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

      assertThat(said)
          .contains("refused: ", "; the limit may be ")
          .contains("threads left: []", "sockets left: 0");
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> limited(String variantId, int room) {
    List<String> java =
        new ArrayList<>(ChildCommand.jvm(CrowdedServer.class, variantId, Integer.toString(room)));
    java.addAll(java.indexOf("-cp"), HUGE_STACKS_LITTLE_ELSE);
    List<String> limited = new ArrayList<>();
    String script = "ulimit -v " + ADDRESS_SPACE_KIB + "; MALLOC_ARENA_MAX=1 exec \"$@\"";
    limited.addAll(List.of("sh", "-c", script, "sh"));
    limited.addAll(java);
    return limited;
  }

  /** Fills itself with threads, but for some, starts the variant named by its argument, reports. */
  static final class CrowdedServer {

    private CrowdedServer() {}

    public static void main(String[] arguments) throws Exception {
      ServerVariant variant = VariantCatalog.find(arguments[0]).orElseThrow();
      ServerConfig config = ServerConfig.loopback().withThreads(THREADS_ASKED_FOR);
      StartAttempt attempt = StartAttempt.after(variant, ServerConfig.loopback().withThreads(1));
      Deque<Idler> crowd = crowd();
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        crowd.removeLast().end();
      }
      attempt.makeAndReport(config);
      Runtime.getRuntime().halt(0);
    }

    private static Deque<Idler> crowd() {
      Deque<Idler> crowd = new ArrayDeque<>();
      try {
        while (crowd.size() < MORE_THREADS_THAN_FIT) {
          crowd.add(new Idler());
        }
      } catch (OutOfMemoryError full) {
        return crowd;
      }
      throw new IllegalStateException("there is room for any number of threads");
    }
  }

  private static final class Idler {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().start(this::idle);

    private void idle() {
      try {
        ended.await();
      } catch (InterruptedException nobodyDoes) {
        Thread.currentThread().interrupt();
      }
    }

    void end() throws InterruptedException {
      ended.countDown();
      thread.join();
    }
  }
}
