package myriad.cli;

import java.util.Optional;
import myriad.cli.values.FormatConverter;
import myriad.results.report.Reporter;
import picocli.CommandLine.Option;

/** The options that say how a result looks on standard output. */
final class FormatOptions {

  @Option(
      names = "--format",
      completionCandidates = FormatConverter.Names.class,
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = FormatConverter.class,
      description =
          "Of standard output: table, json, csv, intervals-csv, markdown, junit or html; nothing"
              + " else goes there. Default: ${DEFAULT-VALUE}.")
  private FormatConverter.Format format;

  @Option(
      names = "--no-color",
      description = "No colours; the environment variable NO_COLOR says the same.")
  private boolean noColor;

  /** What writes the result; empty for the table. */
  Optional<Reporter> reporter() {
    return format.reporter();
  }

  /** Whether a terminal may show colours. */
  boolean colours() {
    String environment = System.getenv("NO_COLOR");
    return !noColor && (environment == null || environment.isEmpty());
  }
}
