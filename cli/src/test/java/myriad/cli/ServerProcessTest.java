package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

  /** In place of a JVM a script, which answers nothing until it was asked twice. */
  @Test
  void aLateAnswerIsNotTakenForThatOfTheNextQuestion(@TempDir Path javaHome) throws Exception {
    Path java = Files.createDirectory(javaHome.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        read -r first
        read -r second
        echo '{"event": "settled", "heap_bytes": 1}'
        echo '{"event": "settled", "heap_bytes": 2}'
        exec cat
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    try (ServerProcess slow = ServerProcess.launch("late", List.of(), javaHome, List.of())) {
      assertThatThrownBy(() -> slow.settle(Duration.ofMillis(10))).hasMessageContaining("answer");
      assertThat(slow.settle(Duration.ofSeconds(60))).hasValue(2);
    }
  }
}
