package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CommandServerTest {

  private static final Duration READY_DEADLINE = Duration.ofSeconds(60);

  /**
   * A command that ends at once may have done so before anyone reads its process id, or what it
   * said last. Many at a time, so that threads have to wait for their turn.
   */
  @Test
  void aCommandThatEndsAtOnceSaysWhyAndIsClosed() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<String>> endings = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        endings.add(threads.submit(CommandServerTest::ending));
      }
      for (Future<String> ending : endings) {
        assertThat(ending.get())
            .startsWith("the server ended with exit code 3: no such port ")
            .contains(" before it listened on port ");
      }
    }
  }

  private static String ending() throws InterruptedException {
    try (CommandServer server = CommandServer.launch("echo no such port {port} >&2; exit 3")) {
      return "listens at " + server.awaitReady(READY_DEADLINE);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void isKilledBeforeAnythingIsKnownOfIt() throws Exception {
    CommandServer server = CommandServer.launch("sleep 60; : {port}");
    server.close();
    assertThat(server.endedBecause(READY_DEADLINE)).startsWith("the server ended");
  }
}
