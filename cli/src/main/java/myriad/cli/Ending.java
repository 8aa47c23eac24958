package myriad.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import myriad.results.Check;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.SweepResult;
import myriad.results.Verdict;

/**
 * How a command that measured ends.
 *
 * @param exitCode what its caller is told
 * @param explanation the same for a person, in one line
 */
record Ending(ExitCode exitCode, String explanation) {

  /** Of runs and of the limits that they were held against. */
  static Ending of(SweepResult sweep, boolean interrupted) {
    ExitCode exitCode =
        interrupted
            ? ExitCode.INTERRUPTED
            : hasFailed(sweep.checks()) ? ExitCode.FAILED : ExitCode.of(sweep.runs());
    return new Ending(exitCode, explain(exitCode, sweep));
  }

  private static boolean hasFailed(List<Check> checks) {
    return checks.stream().anyMatch(check -> check.status() == Check.Status.FAIL);
  }

  private static String explain(ExitCode exitCode, SweepResult sweep) {
    return switch (exitCode) {
      case FAILED -> failed(sweep.checks());
      case TARGET_FAILED ->
          sweep.runs().stream()
              .filter(run -> run.outcome() == Outcome.TARGET_FAILED)
              .map(run -> "%s failed: %s".formatted(ResultTable.name(run), failure(run)))
              .findFirst()
              .orElseThrow();
      case INVALID -> invalid(sweep);
      default -> exitCode.meaning();
    };
  }

  private static String failed(List<Check> checks) {
    Check first =
        checks.stream()
            .filter(check -> check.status() == Check.Status.FAIL)
            .findFirst()
            .orElseThrow();
    long failed = checks.stream().filter(check -> check.status() == Check.Status.FAIL).count();
    return "%d of %d checks failed, first %s of %s: %s"
        .formatted(failed, checks.size(), first.name(), first.subject(), first.detail());
  }

  private static String invalid(SweepResult sweep) {
    List<RunResult> runs = sweep.runs();
    long invalid =
        runs.stream().filter(run -> run.verdict().kind() == Verdict.Kind.INVALID).count();
    return "%d of %d runs are INVALID: the generator or the host was the bottleneck%s"
        .formatted(
            invalid, runs.size(), sweep.checks().isEmpty() ? "" : "; their thresholds do not pass");
  }

  /** Why a target failed. */
  static String failure(RunResult run) {
    List<String> findings = new ArrayList<>();
    if (run.errors() > 0) {
      findings.add("%,d errors (%s)".formatted(run.errors(), errorsByKind(run)));
    }
    findings.addAll(run.notes());
    return String.join("; ", findings);
  }

  private static String errorsByKind(RunResult run) {
    return run.counters().entrySet().stream()
        .filter(count -> count.getKey().isError() && count.getValue() > 0)
        .map(count -> "%,d %s".formatted(count.getValue(), count.getKey().label()))
        .collect(joining(", "));
  }
}
