package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ends of a server that nobody asked for are noticed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ServerProcessTest {

  /** Longer than the test may take. */
  private static final Duration NEVER = Duration.ofMinutes(10);

  private ServerProcess server;

  @BeforeEach
  void start() throws Exception {
    server = ServerProcess.launch("nio-selector", List.of());
    server.awaitReady(Duration.ofSeconds(60));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void stopsWhenItIsAskedTo() throws Exception {
    assertThat(server.endedBecause(Duration.ZERO)).isEmpty();
    assertThat(server.settle(Duration.ofSeconds(60))).isPresent();
    assertThat(server.stop()).isEqualTo(ServerEnd.AS_ASKED);
    assertThat(server.counters()).containsEntry("open", 0L);
  }

  @Test
  void aServerThatDiesDoesNotKeepItsLeaderWaiting() throws Exception {
    MyriadProcess.signal(server.pid(), "STOP"); // lest it answers before it dies
    Thread killer = Thread.ofPlatform().start(() -> server.kill());
    assertThatThrownBy(() -> server.settle(NEVER)).isInstanceOf(IOException.class);
    killer.join();
  }

  @Test
  void aServerThatIsDyingWhenItIsAskedToStopHasEndedByItself() throws Exception {
    server.kill();
    ServerEnd end = server.stop();
    assertThat(end.early()).isTrue();
    assertThat(end.findings())
        .singleElement()
        .asString()
        .startsWith("the server ended with exit code 137");
  }
}
