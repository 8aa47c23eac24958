package myriad.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import myriad.results.RunDirectory;
import myriad.results.SweepResult;
import myriad.results.WholeFile;
import myriad.results.compare.SweepComparison;
import myriad.results.report.html.ComparisonPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code myriad compare}: stored runs side by side. */
@Command(
    name = "compare",
    description = {
      "Show stored runs side by side: ratios, the spread of the repeats, and where machine, kernel,"
          + " JDK or plan differ.",
      "Runs of different hours differ on a busy machine though nothing changed: this shows, and"
          + " decides nothing."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class)
final class CompareCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "2..*",
      description = "Run directories, such as results/runs/*-bench; ratios are to the first.")
  private List<Path> paths;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write the comparison as an HTML page too, such as compare.html.")
  private @Nullable Path page;

  @Override
  public Integer call() throws IOException {
    List<SweepResult> sweeps = new ArrayList<>();
    for (Path path : paths) {
      sweeps.add(RunDirectory.open(path).read().result());
    }
    SweepComparison comparison = SweepComparison.of(sweeps);
    if (page != null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new ComparisonPage(comparison).write(bytes);
      WholeFile.write(page, bytes.toByteArray());
    }
    System.out.println(new ComparisonText(comparison).render(StandardOutput.width()));
    StandardOutput.requireWritten();
    return ExitCode.OK.number();
  }
}
