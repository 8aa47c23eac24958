package myriad.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import myriad.loadgen.LoadResult;
import myriad.results.ResultsException;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.SweepResult;
import myriad.results.SweepResult.Status;
import myriad.results.report.GitHubActions;
import myriad.results.report.SweepRecorder;
import picocli.CommandLine.Model.CommandSpec;

/** Where the results of a command go: the run directory, after every run, and standard output. */
final class RunOutput {

  private static final int LONGEST_ARGUMENT = 10_000;

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
   * @param conclusion gives a sweep with what is concluded from its runs
   */
  static RunOutput open(
      OutputOptions options, CommandSpec command, UnaryOperator<SweepResult> conclusion)
      throws IOException {
    List<String> arguments = command.root().commandLine().getParseResult().originalArgs();
    SweepRecorder recorder =
        SweepRecorder.create(
            options.out(),
            command.name(),
            Instant.now(),
            Stream.concat(
                    Stream.of(command.root().name()), arguments.stream().map(RunOutput::shortened))
                .toList(),
            HostEnvironment.read());
    recorder.concluding(conclusion);
    return new RunOutput(options, recorder);
  }

  /**
   * A message may be given in an argument, and what reads run.json takes no string of any length.
   */
  private static String shortened(String argument) {
    return argument.length() <= LONGEST_ARGUMENT
        ? argument
        : argument.substring(0, LONGEST_ARGUMENT) + "…";
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

  /** Keeps a file of the command's own beside the runs. */
  void keep(String name, byte[] content) throws IOException {
    recorder.directory().write(name, content);
  }

  /** Measures. */
  @FunctionalInterface
  interface Measurement {
    void run() throws Exception;
  }

  /**
   * Measures, then writes what is written once, and shows the result. Where measuring ends with an
   * exception, what was measured before is kept and shown all the same, and then it is thrown on.
   *
   * @param interruption whether what was measured is not all that was planned
   * @param text the result for people
   * @param ending what comes of it
   */
  ExitCode of(
      Measurement measurement,
      Interruption interruption,
      StandardOutput.Text text,
      BiFunction<SweepResult, Boolean, Ending> ending)
      throws Exception {
    try {
      measurement.run();
    } catch (Exception fault) {
      try {
        show(finish(Status.PARTIAL, text), text);
      } catch (IOException | RuntimeException second) {
        fault.addSuppressed(second);
      }
      throw fault;
    }
    boolean partial = interruption.requested() || isCutShort();
    SweepResult sweep = finish(partial ? Status.PARTIAL : Status.COMPLETE, text);
    show(sweep, text);
    Ending end = ending.apply(sweep, interruption.requested());
    if (end.exitCode() != ExitCode.OK) {
      System.err.println(WrappedText.forStandardError("myriad: " + end.explanation()));
    }
    return end.exitCode();
  }

  /** Where it cannot be written, what was measured is shown all the same: the table at least. */
  private SweepResult finish(Status status, StandardOutput.Text text) throws IOException {
    try {
      return recorder.finish(status, Instant.now());
    } catch (ResultsException e) {
      if (options.format().reporter().isEmpty() && !runs.isEmpty()) {
        SweepResult unwritten = recorder.unwritten(runs, Instant.now());
        System.out.println(text.of(unwritten, StandardOutput.width()));
      }
      throw e;
    }
  }

  private boolean isCutShort() {
    return runs.stream()
        .map(RunResult::outcome)
        .anyMatch(outcome -> outcome == Outcome.PARTIAL || outcome == Outcome.TARGET_FAILED);
  }

  private void show(SweepResult sweep, StandardOutput.Text text) throws IOException {
    StandardOutput.show(options.format(), recorder.directory().recorded(sweep), text);
    tellGitHub(sweep);
    if (!options.quiet()) {
      System.err.printf("results are in %s%n", recorder.directory().path());
    }
    StandardOutput.requireWritten();
  }

  /** A job reads its log on both streams, so standard output stays what was asked for. */
  private void tellGitHub(SweepResult sweep) {
    String summary = Objects.requireNonNullElse(System.getenv("GITHUB_STEP_SUMMARY"), "");
    if (!summary.isEmpty() || "true".equals(System.getenv("GITHUB_ACTIONS"))) {
      GitHubActions.annotations(sweep.checks()).forEach(System.err::println);
    }
    if (!summary.isEmpty()) {
      try {
        GitHubActions.appendSummary(Path.of(summary), recorder.directory().recorded(sweep));
      } catch (IOException | InvalidPathException e) {
        System.err.printf(
            "myriad: cannot write the summary of the job to GITHUB_STEP_SUMMARY=%s: %s%n",
            summary, e.getMessage());
      }
    }
  }
}
