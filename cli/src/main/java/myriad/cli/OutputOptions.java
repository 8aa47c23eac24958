package myriad.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where results go and how they look. */
final class OutputOptions {

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "results/runs",
      description = "Folder in which the run directory is made. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Mixin private FormatOptions format;

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

  FormatOptions format() {
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
            format.colours())
        : new LineLiveView(err, System::nanoTime);
  }
}
