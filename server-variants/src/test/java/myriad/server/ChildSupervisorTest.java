package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.server.RunningServer.StopOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that misbehave, each a shell script, and what their supervisor makes of them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChildSupervisorTest {

  private static final String WELL_BEHAVED =
      "echo ready; while read line; do case $line in stop*) echo stopped GRACEFUL; exit;; esac; done";

  private static final String THREE_OPEN =
      "counters 3"
          + " 0".repeat(CloseKind.values().length)
          + " 30 30"
          + " 0".repeat(AcceptFailure.values().length)
          + " 0 0 0";

  @TempDir Path folder;

  private final ServerCounters counters = new ServerCounters();
  private @Nullable ChildSupervisor started;

  @AfterEach
  void end() {
    if (started != null) {
      started.requestStop(Duration.ZERO);
      started.kill();
      started.ended().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void aProcessThatCannotBeStartedAgainIsTriedUntilItCan() throws IOException {
    Path program = program(WELL_BEHAVED);
    ChildSupervisor supervisor = supervise(List.of(program.toString()));
    supervisor.ready().orTimeout(20, TimeUnit.SECONDS).join();

    Path hidden = Files.move(program, folder.resolve("hidden"));
    supervisor.process().orElseThrow().destroyForcibly();
    Await.until("two attempts have failed", () -> supervisor.restarts() >= 3);
    assertThat(supervisor.process()).isEmpty();
    Files.move(hidden, program);

    Await.until("it runs again", () -> supervisor.process().isPresent());
  }

  @Test
  void aProcessThatIsNotUnderstoodIsReplaced() throws IOException {
    Path once = folder.resolve("once");
    ChildSupervisor supervisor =
        supervise(
            shell(
                "[ -e '%s' ] || { >'%s'; echo ready; echo counters none; exec sleep 60; }; %s"
                    .formatted(once, once, WELL_BEHAVED)));

    Await.until("it was replaced", () -> supervisor.restarts() == 1);
    Await.until("another runs", () -> supervisor.process().isPresent());
    assertThat(stop(supervisor)).isEqualTo(StopOutcome.GRACEFUL);
  }

  /** 0.1, 0.2, 0.4 and 0.8 s; a slow host can only make it longer. */
  @Test
  void aProcessThatDiesAgainAndAgainIsStartedEverMoreSeldom() throws IOException {
    long start = System.nanoTime();
    ChildSupervisor supervisor = supervise(List.of("false"));

    Await.until("it was started again four times", () -> supervisor.restarts() == 4);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_500));
    assertThat(supervisor.ready()).isCompletedExceptionally();
  }

  @Test
  void connectionsOfAProcessThatDiesAreCountedAsFailed() throws IOException {
    ChildSupervisor supervisor =
        supervise(shell("echo ready; echo %s; exec sleep 60".formatted(THREE_OPEN)));
    Await.until("they are counted", () -> counters.snapshot().open() == 3);

    supervisor.process().orElseThrow().destroyForcibly();

    Await.until("it was started again", () -> supervisor.restarts() == 1);
    assertThat(counters.snapshot().closed()).containsEntry(CloseKind.FAILED, 3L);
  }

  @Test
  void connectionsOfAProcessThatMustBeKilledAreCutOff() throws IOException {
    ChildSupervisor supervisor =
        supervise(shell("echo ready; echo %s; exec sleep 60".formatted(THREE_OPEN)));
    Await.until("they are counted", () -> counters.snapshot().open() == 3);

    supervisor.requestStop(Duration.ZERO);
    supervisor.kill();
    supervisor.ended().orTimeout(20, TimeUnit.SECONDS).join();

    assertThat(supervisor.outcome()).isEqualTo(StopOutcome.FORCED);
    assertThat(counters.snapshot().open()).isZero();
    assertThat(counters.snapshot().closed()).containsEntry(CloseKind.SERVER_STOPPED, 3L);
  }

  /** Starting a process takes longer than the two calls. */
  @Test
  void aProcessThatIsKilledBeforeItIsThereDoesNotStay() throws IOException {
    ChildSupervisor supervisor = supervise(shell("exec sleep 60"));

    supervisor.requestStop(Duration.ZERO);
    supervisor.kill();

    supervisor.ended().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(supervisor.outcome()).isEqualTo(StopOutcome.FORCED);
  }

  @Test
  void aProcessThatEndsWithoutAWordDidNotStopGracefully() throws IOException {
    ChildSupervisor supervisor = supervise(shell("echo ready; read line"));
    supervisor.ready().orTimeout(20, TimeUnit.SECONDS).join();

    assertThat(stop(supervisor)).isEqualTo(StopOutcome.FORCED);
  }

  private ChildSupervisor supervise(List<String> command) throws IOException {
    ChildSupervisor supervisor = ChildSupervisor.start("test", command, counters);
    started = supervisor;
    return supervisor;
  }

  private static StopOutcome stop(ChildSupervisor supervisor) {
    supervisor.requestStop(Duration.ZERO);
    supervisor.ended().orTimeout(20, TimeUnit.SECONDS).join();
    return supervisor.outcome();
  }

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }

  private Path program(String script) throws IOException {
    Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
