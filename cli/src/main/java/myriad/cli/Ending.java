package myriad.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import myriad.results.Check;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.SweepResult;
import myriad.results.gate.Threshold;

/**
 * How a command that measured ends.
 *
 * @param exitCode what its caller is told
 * @param explanation the same for a person, in one line
 */
record Ending(ExitCode exitCode, String explanation) {

  /** Of runs and of the limits that they were held against. */
  static Ending of(SweepResult sweep, boolean interrupted) {
    ExitCode exitCode = interrupted ? ExitCode.INTERRUPTED : exitCode(sweep);
    return new Ending(exitCode, explain(exitCode, sweep));
  }

  /** A limit that was not shown to hold is not kept, whatever the reason. */
  private static ExitCode exitCode(SweepResult sweep) {
    List<Check> checks = sweep.checks();
    if (checks.stream().anyMatch(isOf(Check.Status.FAIL))) {
      return ExitCode.FAILED;
    }
    ExitCode ofRuns = ExitCode.of(sweep.runs());
    if (ofRuns != ExitCode.OK || Threshold.allHold(checks)) {
      return ofRuns;
    }
    return checks.stream().allMatch(isOf(Check.Status.SKIPPED))
        ? ExitCode.HOST_LIMIT
        : ExitCode.INVALID;
  }

  private static String explain(ExitCode exitCode, SweepResult sweep) {
    List<Check> checks = sweep.checks();
    return switch (exitCode) {
      case FAILED -> first("failed", checks, isOf(Check.Status.FAIL));
      case TARGET_FAILED ->
          sweep.runs().stream()
              .filter(run -> run.outcome() == Outcome.TARGET_FAILED)
              .map(run -> "%s failed: %s".formatted(run.serverName(), failure(run)))
              .findFirst()
              .orElseThrow();
      case INVALID -> invalid(sweep);
      case HOST_LIMIT ->
          checks.isEmpty()
              ? exitCode.meaning()
              : first("had no run to be held against", checks, isOf(Check.Status.SKIPPED));
      default -> exitCode.meaning();
    };
  }

  private static Predicate<Check> isOf(Check.Status status) {
    return check -> check.status() == status;
  }

  private static String first(String whatTheyDid, List<Check> checks, Predicate<Check> which) {
    Check first = checks.stream().filter(which).findFirst().orElseThrow();
    return "%d of %d checks %s, first %s of %s: %s"
        .formatted(
            checks.stream().filter(which).count(),
            checks.size(),
            whatTheyDid,
            first.name(),
            first.subject(),
            first.detail());
  }

  private static String invalid(SweepResult sweep) {
    List<RunResult> runs = sweep.runs();
    long invalid = runs.stream().filter(ExitCode::isInvalid).count();
    long empty = runs.stream().filter(ExitCode::measuredNothing).count();
    if (invalid + empty == 0) {
      return first("do not hold", sweep.checks(), isOf(Check.Status.INVALID));
    }
    String reason =
        invalid > 0
            ? "%d of %d runs are INVALID: the generator or the host was the bottleneck"
                .formatted(invalid, runs.size())
            : "%d of %d runs measured nothing: no message came back".formatted(empty, runs.size());
    return sweep.checks().isEmpty() ? reason : reason + "; their thresholds do not pass";
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
