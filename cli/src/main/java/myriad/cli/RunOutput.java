package myriad.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import myriad.loadgen.LoadResult;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.SweepResult;
import myriad.results.SweepResult.Status;
import myriad.results.Verdict;
import myriad.results.report.JsonReporter;
import myriad.results.report.Reporter;
import myriad.results.report.SummaryCsvReporter;
import myriad.results.report.SweepRecorder;
import picocli.CommandLine.Model.CommandSpec;

/** Where the results of a command go: the run directory, after every run, and standard output. */
final class RunOutput {

  private final OutputOptions options;
  private final SweepRecorder recorder;
  private final List<RunResult> runs = new ArrayList<>();

  private RunOutput(OutputOptions options, SweepRecorder recorder) {
    this.options = options;
    this.recorder = recorder;
  }

  /**
   * Makes the run directory, so that a folder that cannot be written to is found before any load.
   *
   * @param command that measures
   */
  static RunOutput open(OutputOptions options, CommandSpec command) throws IOException {
    List<String> arguments = command.root().commandLine().getParseResult().originalArgs();
    return new RunOutput(
        options,
        SweepRecorder.create(
            options.out(),
            command.name(),
            Instant.now(),
            Stream.concat(Stream.of(command.root().name()), arguments.stream()).toList(),
            HostEnvironment.read()));
  }

  /** Whether no run was kept yet. */
  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** Keeps a run that ended. */
  void add(LoadResult load) throws IOException {
    runs.add(load.run());
    recorder.add(load.run(), load.histograms(), Instant.now());
  }

  /**
   * Writes what is written once, and shows the result.
   *
   * @param interrupted what is here is not all that was planned
   * @param text the result for people
   */
  ExitCode finish(boolean interrupted, Function<List<RunResult>, String> text) throws IOException {
    boolean cutShort =
        runs.stream()
            .map(RunResult::outcome)
            .anyMatch(outcome -> outcome == Outcome.PARTIAL || outcome == Outcome.TARGET_FAILED);
    SweepResult sweep =
        recorder.finish(interrupted || cutShort ? Status.PARTIAL : Status.COMPLETE, Instant.now());
    switch (options.format()) {
      case TABLE -> System.out.println(text.apply(runs));
      case JSON -> print(sweep, new JsonReporter());
      case CSV -> print(sweep, new SummaryCsvReporter());
    }
    if (!options.quiet()) {
      System.err.printf("results are in %s%n", recorder.directory().path());
    }
    ExitCode exitCode = interrupted ? ExitCode.INTERRUPTED : ExitCode.of(runs);
    if (exitCode != ExitCode.OK) {
      System.err.println("myriad: " + explain(exitCode));
    }
    return exitCode;
  }

  private String explain(ExitCode exitCode) {
    return switch (exitCode) {
      case TARGET_FAILED ->
          runs.stream()
              .filter(run -> run.outcome() == Outcome.TARGET_FAILED)
              .map(run -> "%s failed: %s".formatted(ResultTable.name(run), failure(run)))
              .findFirst()
              .orElseThrow();
      case INVALID ->
          "%d of %d runs are INVALID: the generator or the host was the bottleneck"
              .formatted(
                  runs.stream().filter(run -> run.verdict().kind() == Verdict.Kind.INVALID).count(),
                  runs.size());
      default -> exitCode.meaning();
    };
  }

  private static String failure(RunResult run) {
    return run.notes().isEmpty()
        ? "%,d errors, more than --max-errors".formatted(run.errors())
        : String.join("; ", run.notes());
  }

  private void print(SweepResult sweep, Reporter reporter) throws IOException {
    reporter.write(recorder.directory().recorded(sweep), System.out);
  }
}
