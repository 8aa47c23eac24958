package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import myriad.results.Check;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import myriad.results.gate.Threshold;
import org.junit.jupiter.api.Test;

class EndingTest {

  private static final Verdict NOTHING_MEASURED =
      new Verdict(Verdict.Kind.NONE, List.of("nothing was measured"));
  private static final Verdict GENERATOR_LATE =
      new Verdict(Verdict.Kind.INVALID, List.of("generator late"));
  private static final RunResult GOOD = Runs.measured("epoll", 10, 10, Verdict.valid());
  private static final RunResult SKIPPED = Runs.skipped("io_uring", 10, "no io_uring; ask");

  /** Connections were served, and then nothing came back. */
  private static RunResult silent(Map<String, String> plan) {
    return GOOD.toBuilder()
        .plan(plan)
        .verdict(NOTHING_MEASURED)
        .messages(0)
        .latency(Map.of())
        .build();
  }

  private static Ending of(List<RunResult> runs, String... thresholds) {
    SweepResult sweep = Runs.sweep(runs);
    List<Check> checks =
        List.of(thresholds).stream()
            .flatMap(text -> Threshold.parse(text).check(sweep).stream())
            .toList();
    return Ending.of(sweep.concluding(checks, null), false);
  }

  @Test
  void whatHoldsIsDone() {
    assertThat(of(List.of(GOOD)).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(of(List.of(GOOD, SKIPPED), "p99<1h", "errors==0").exitCode())
        .as("a server that cannot run here takes nothing from those that can")
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void aLimitThatIsBrokenFails() {
    Ending ending = of(List.of(GOOD), "errors==0", "p99<1us");

    assertThat(ending.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ending.explanation())
        .isEqualTo("1 of 2 checks failed, first p99<1us of epoll, 10 connections, repeat 1: 4 ms");
  }

  @Test
  void aRunThatMeasuredNothingIsInvalid() {
    RunResult silent = silent(Map.of("closed-loop", "true"));

    assertThat(of(List.of(silent)))
        .isEqualTo(
            new Ending(ExitCode.INVALID, "1 of 1 runs measured nothing: no message came back"));
    assertThat(of(List.of(GOOD, silent), "p99<1h"))
        .isEqualTo(
            new Ending(
                ExitCode.INVALID,
                "1 of 2 runs measured nothing: no message came back; their thresholds do not"
                    + " pass"));
  }

  /** Stages at a rate of 0, or a heartbeat that is longer than the run. */
  @Test
  void aRunThatHadNothingToSendIsDone() {
    RunResult quiet = silent(Map.of("stages", "1s:0/s"));

    assertThat(of(List.of(quiet)).exitCode()).isEqualTo(ExitCode.OK);
    Ending held = of(List.of(quiet), "p99<1h");
    assertThat(held.exitCode()).as("but no limit was shown to hold").isEqualTo(ExitCode.INVALID);
    assertThat(held.explanation())
        .startsWith("1 of 1 checks do not hold, first p99<1h of epoll, 10 connections");
  }

  @Test
  void anInvalidRunIsInvalid() {
    RunResult late = Runs.measured("epoll", 10, 10, GENERATOR_LATE);

    assertThat(of(List.of(GOOD, late)).explanation())
        .isEqualTo("1 of 2 runs are INVALID: the generator or the host was the bottleneck");
    assertThat(of(List.of(GOOD, late), "p99<1h").exitCode()).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void limitsOfASkippedServerAreNotKept() {
    Ending ending = of(List.of(GOOD, SKIPPED), "io_uring:p99<1h");

    assertThat(ending.exitCode()).isEqualTo(ExitCode.HOST_LIMIT);
    assertThat(ending.explanation())
        .isEqualTo(
            "1 of 1 checks had no run to be held against, first io_uring:p99<1h of io_uring, 10"
                + " connections, repeat 1: not run: no io_uring; ask");
    assertThat(of(List.of(SKIPPED)).exitCode()).isEqualTo(ExitCode.HOST_LIMIT);
  }

  @Test
  void anInterruptionIsSaidWhateverTheLimits() {
    SweepResult sweep = Runs.sweep(List.of(GOOD));
    List<Check> checks = Threshold.parse("p99<1us").check(sweep);

    assertThat(Ending.of(sweep.concluding(checks, null), true).exitCode())
        .isEqualTo(ExitCode.INTERRUPTED);
    assertThat(Set.of(checks.getFirst().status())).containsExactly(Check.Status.FAIL);
  }
}
