package myriad.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import myriad.results.GateResult;
import myriad.results.RecordedSweep;
import myriad.results.ResultsException;
import myriad.results.RunDirectory;
import myriad.results.SweepResult;
import myriad.results.report.Reporters;
import myriad.results.report.html.HtmlReporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code myriad report}: the reports of a run directory, made again from its data. */
@Command(
    name = "report",
    description = "Show a run directory, and make its reports again from its data.",
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class)
final class ReportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "A run directory, such as results/runs/*-bench.")
  private Path path;

  @Option(names = "--open", description = "Open report.html in the browser.")
  private boolean open;

  @Mixin private FormatOptions format;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunDirectory directory = RunDirectory.open(path);
    RecordedSweep recorded = directory.read();
    StandardOutput.show(format, recorded, ReportCommand::text);
    StandardOutput.requireWritten();
    makeAgain(directory, recorded);
    if (open) {
      new BrowserWindow(variable -> System.getenv().getOrDefault(variable, ""))
          .show(directory.path().resolve(new HtmlReporter().fileName()));
    }
    return ExitCode.OK.number();
  }

  private static void makeAgain(RunDirectory directory, RecordedSweep recorded) throws IOException {
    try {
      Reporters.writeAll(directory, recorded);
    } catch (ResultsException e) {
      if (e.problem() == ResultsException.Problem.UNREADABLE) {
        throw e;
      }
      throw new CommandException(
          ExitCode.of(e),
          e.finding()
              + "; to have the reports made again, copy the directory to where you may write",
          e);
    }
  }

  private static String text(SweepResult sweep, OptionalInt width) {
    GateResult gate = sweep.gate();
    return gate == null
        ? new ResultTable(sweep.runs()).render(width)
        : GateText.render(gate, width);
  }
}
