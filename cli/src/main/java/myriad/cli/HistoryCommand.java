package myriad.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import myriad.results.RunDirectory;
import myriad.results.SweepResult;
import myriad.results.history.History;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code myriad history}: figures of stored runs, kept for tools that watch them over time. */
@Command(
    name = "history",
    description = {
      "Add stored runs to a history: a folder with a CSV file for each variant and load, and"
          + " otava.yaml, for Apache Otava; and the latest run as bigger-is-better.json and"
          + " smaller-is-better.json, for github-action-benchmark.",
      "Only VALID runs are added, each once; of repeats, the median."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class)
final class HistoryCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "Run directories, such as results/runs/*-bench.")
  private List<Path> paths;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "results/history",
      description = "Folder of the history. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--commit",
      paramLabel = "ID",
      defaultValue = "${env:GITHUB_SHA:--}",
      description = "Version of what was measured. Default: the variable GITHUB_SHA, else -.")
  private String commit;

  @Override
  public Integer call() throws IOException {
    List<SweepResult> sweeps = new ArrayList<>();
    for (Path path : paths) {
      sweeps.add(RunDirectory.open(path).read().result());
    }
    sweeps.sort(Comparator.comparing(SweepResult::startedAt));
    History history = new History(out);
    for (SweepResult sweep : sweeps) {
      history.add(sweep, commit).forEach(line -> System.out.println(sweep.runId() + ": " + line));
    }
    StandardOutput.requireWritten();
    return ExitCode.OK.number();
  }
}
