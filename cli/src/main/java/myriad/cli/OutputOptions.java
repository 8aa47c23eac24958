package myriad.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.OptionalInt;
import myriad.cli.values.FormatConverter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where results go and how they look. */
final class OutputOptions {

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "results/runs",
      description = "Folder in which the run directory is made. Default: ${DEFAULT-VALUE}.")
  private Path out;

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

  @Option(names = "--quiet", description = "No progress, only the result.")
  private boolean quiet;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serve the figures of the run for Prometheus while it goes on, on 127.0.0.1; 0 lets the"
              + " kernel choose.")
  private @Nullable Integer metricsPort;

  Path out() {
    return out;
  }

  FormatConverter.Format format() {
    return format;
  }

  boolean quiet() {
    return quiet;
  }

  /**
   * Progress, on standard error, as standard output is for the result; and for Prometheus, where
   * that was asked for.
   */
  LiveView liveView() {
    return metricsPort == null
        ? shownView()
        : new TwoViews(MetricsView.serve(metricsPort), shownView());
  }

  private LiveView shownView() {
    PrintStream err = System.err;
    if (quiet) {
      return LiveView.NONE;
    }
    OptionalInt columns = TerminalWindow.columns(TerminalWindow.STDERR);
    return columns.isPresent()
        ? new TerminalLiveView(
            err,
            () -> TerminalWindow.columns(TerminalWindow.STDERR).orElse(columns.getAsInt()),
            colours())
        : new LineLiveView(err, System::nanoTime);
  }

  /** Whether standard output is a terminal that may show colours. */
  boolean coloursOnOutput() {
    return colours() && TerminalWindow.columns(TerminalWindow.STDOUT).isPresent();
  }

  private boolean colours() {
    String environment = System.getenv("NO_COLOR");
    return !noColor && (environment == null || environment.isEmpty());
  }
}
