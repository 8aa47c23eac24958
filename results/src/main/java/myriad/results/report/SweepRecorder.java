package myriad.results.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import myriad.results.Environment;
import myriad.results.ResultsException;
import myriad.results.RunDirectory;
import myriad.results.RunHistograms;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import myriad.results.SweepResult.Status;

/**
 * Keeps a run directory true while a sweep goes on: after every run the directory is whole, marked
 * {@code PARTIAL}, and holds all runs that have ended, so that a killed sweep loses only the run it
 * was in. Histograms are written out and forgotten. Reports that need all histograms are made at
 * the end.
 *
 * <p>Used by one thread.
 */
public final class SweepRecorder {

  private static final List<Reporter> AFTER_EVERY_RUN =
      List.of(new SummaryCsvReporter(), new IntervalsCsvReporter());

  private final RunDirectory directory;
  private final Instant startedAt;
  private final List<String> command;
  private final Environment environment;
  private final List<RunResult> runs = new ArrayList<>();
  private UnaryOperator<SweepResult> conclusion = UnaryOperator.identity();

  private SweepRecorder(
      RunDirectory directory, Instant startedAt, List<String> command, Environment environment) {
    this.directory = directory;
    this.startedAt = startedAt;
    this.command = command;
    this.environment = environment;
  }

  /**
   * Makes a new run directory below {@code base}, which already says what is being measured.
   *
   * @param purpose the subcommand, part of the run id
   * @param command the command line, program name first
   */
  public static SweepRecorder create(
      Path base, String purpose, Instant startedAt, List<String> command, Environment environment)
      throws IOException {
    RunDirectory directory = RunDirectory.create(base, purpose, startedAt);
    SweepRecorder recorder = new SweepRecorder(directory, startedAt, command, environment);
    recorder.write(Status.PARTIAL, startedAt);
    return recorder;
  }

  /**
   * From now on, has what is written hold what {@code conclusion} makes of its runs.
   *
   * @param conclusion gives its argument with checks or a gate
   */
  public void concluding(UnaryOperator<SweepResult> conclusion) {
    this.conclusion = conclusion;
  }

  public RunDirectory directory() {
    return directory;
  }

  /**
   * Keeps one run that ended, or was skipped.
   *
   * @param histograms not kept after the call
   * @throws ResultsException if the disk is full or the folder went away; what was kept before is
   *     still there
   */
  public void add(RunResult run, RunHistograms histograms, Instant endedAt) throws IOException {
    // Its figures first: on a disk that is all but full they may fit where histograms do not.
    runs.add(run);
    write(Status.PARTIAL, endedAt);
    directory.writeHistograms(runs.size() - 1, run, histograms);
  }

  /**
   * Marks the directory as {@code status} and makes the reports.
   *
   * @return what the directory holds
   */
  public SweepResult finish(Status status, Instant endedAt) throws IOException {
    SweepResult sweep = write(status, endedAt);
    Reporters.writeAll(directory, directory.recorded(sweep));
    return sweep;
  }

  /** A sweep of {@code all}, which the directory may have no room for. Writes nothing. */
  public SweepResult unwritten(List<RunResult> all, Instant endedAt) {
    return sweep(Status.PARTIAL, endedAt, all);
  }

  private SweepResult sweep(Status status, Instant endedAt, List<RunResult> all) {
    return conclusion.apply(
        new SweepResult(
            SweepResult.FORMAT_VERSION,
            directory.runId(),
            status,
            startedAt,
            endedAt,
            command,
            environment,
            all));
  }

  private SweepResult write(Status status, Instant endedAt) throws IOException {
    SweepResult sweep = sweep(status, endedAt, runs);
    directory.writeResult(sweep);
    Reporters.write(directory, directory.recorded(sweep), AFTER_EVERY_RUN);
    return sweep;
  }
}
