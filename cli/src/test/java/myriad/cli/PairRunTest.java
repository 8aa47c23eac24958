package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import myriad.cli.PairRun.Sides;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.LoadResult;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the servers of a pair end, once nobody loads them any more. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PairRunTest {

  private static final String CRASHED = "the server ended with exit code 7";

  private TestEcho echo;

  @BeforeEach
  void open() throws IOException {
    echo = TestEcho.serving(Duration.ZERO);
  }

  @AfterEach
  void close() throws IOException {
    echo.close();
  }

  @Test
  void serversThatStopWhenAskedToAreNoFinding() throws Exception {
    List<RunResult> turns = pair(new Echo(ServerEnd.AS_ASKED), new Echo(ServerEnd.AS_ASKED));

    assertThat(turns)
        .extracting(RunResult::variant)
        .containsExactly("base", "head", "head", "base");
    assertThat(turns).extracting(RunResult::outcome).containsOnly(Outcome.COMPLETE);
    assertThat(turns).flatExtracting(RunResult::notes).noneMatch(note -> note.contains("server"));
  }

  @Test
  void aServerThatCrashesAfterItsLastTurnHasFailed() throws Exception {
    List<RunResult> turns = pair(new Echo(ServerEnd.AS_ASKED), new Echo(ServerEnd.early(CRASHED)));

    assertThat(turns)
        .extracting(RunResult::outcome)
        .containsExactly(
            Outcome.COMPLETE, Outcome.COMPLETE, Outcome.TARGET_FAILED, Outcome.COMPLETE);
    assertThat(turns.get(2).notes()).contains(CRASHED);
  }

  /**
   * A server whose exit code says nothing, as that of a command, is looked at before it is asked.
   */
  @Test
  void aServerThatIsGoneBeforeItIsAskedToStopHasFailed() throws Exception {
    Echo goneAfterItsTurns = new Echo(ServerEnd.AS_ASKED, 2);

    List<RunResult> turns = pair(new Echo(ServerEnd.AS_ASKED), goneAfterItsTurns);

    assertThat(turns.get(2).outcome()).isEqualTo(Outcome.TARGET_FAILED);
    assertThat(turns.get(2).notes()).contains(CRASHED);
  }

  @Test
  void thatAServerHadToBeKilledIsANoteOfItsLastTurn() throws Exception {
    List<RunResult> turns = pair(new Echo(ServerEnd.FORCED), new Echo(ServerEnd.AS_ASKED));

    assertThat(turns).extracting(RunResult::outcome).containsOnly(Outcome.COMPLETE);
    assertThat(turns.getLast().notes()).containsAll(ServerEnd.FORCED.findings());
    assertThat(turns.getFirst().notes()).doesNotContainAnyElementsOf(ServerEnd.FORCED.findings());
  }

  private List<RunResult> pair(Echo base, Echo head) throws Exception {
    PairRun.Spec spec =
        new PairRun.Spec(
            new Sides<>(
                new GateServer.Started("base", () -> base),
                new GateServer.Started("head", () -> head)),
            new Sides<>(new RunLabel("base", "old", 1), new RunLabel("head", "new", 1)),
            (target, connections) ->
                LoadPlan.against(target)
                    .connections(connections)
                    .warmup(Duration.ZERO)
                    .duration(Duration.ofMillis(100)),
            1,
            Duration.ZERO,
            Duration.ZERO);
    return new PairRun(spec, 1, LiveView.NONE, _ -> {}, new Interruption())
        .run().stream().map(LoadResult::run).toList();
  }

  /** A server whose process is this one, and ends as it was told. */
  private final class Echo implements TargetServer {

    private final ServerEnd end;
    private int looksUntilGone;

    Echo(ServerEnd end) {
      this(end, Integer.MAX_VALUE);
    }

    /**
     * @param looksUntilGone how often it is found alive
     */
    Echo(ServerEnd end, int looksUntilGone) {
      this.end = end;
      this.looksUntilGone = looksUntilGone;
    }

    @Override
    public InetSocketAddress awaitReady(Duration deadline) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.port());
    }

    @Override
    public OptionalLong settle(Duration deadline) {
      return OptionalLong.empty();
    }

    @Override
    public long pid() {
      return ProcessHandle.current().pid();
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of();
    }

    @Override
    public String endedBecause(Duration grace) {
      return looksUntilGone-- > 0 ? "" : CRASHED;
    }

    @Override
    public ServerEnd stop() {
      return end;
    }

    @Override
    public void kill() {}

    @Override
    public void close() {}
  }
}
