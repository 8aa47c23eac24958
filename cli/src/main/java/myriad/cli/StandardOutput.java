package myriad.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import myriad.results.Check;
import myriad.results.RecordedSweep;
import myriad.results.SweepResult;
import myriad.results.report.Reporter;

/** Standard output as the place of a result: what does not arrive there is an error. */
final class StandardOutput {

  private StandardOutput() {}

  /** A result as a person reads it. */
  @FunctionalInterface
  interface Text {

    /**
     * Renders it.
     *
     * @param width of the terminal; empty if it is none
     */
    String of(SweepResult sweep, OptionalInt width);
  }

  /** Columns of the terminal that it is; empty if it is none. */
  static OptionalInt width() {
    return TerminalWindow.columns(TerminalWindow.STDOUT);
  }

  /**
   * Shows a result in the format that was asked for, and what was checked; that not as a report.
   */
  static void show(FormatOptions format, RecordedSweep recorded, Text text) throws IOException {
    SweepResult sweep = recorded.result();
    Optional<Reporter> reporter = format.reporter();
    if (reporter.isPresent()) {
      reporter.get().write(recorded, System.out);
      showChecks(System.err, sweep.checks(), false, TerminalWindow.columns(TerminalWindow.STDERR));
    } else {
      System.out.println(text.of(sweep, width()));
      boolean colours = format.colours() && width().isPresent();
      showChecks(System.out, sweep.checks(), colours, width());
    }
  }

  private static void showChecks(
      PrintStream out, List<Check> checks, boolean colours, OptionalInt width) {
    if (!checks.isEmpty()) {
      out.println();
      out.println(CheckLines.render(checks, colours, width));
    }
  }

  /**
   * Makes sure that all which was printed has arrived.
   *
   * @throws CommandException if it has not
   */
  static void requireWritten() {
    if (System.out.checkError()) {
      throw new CommandException(
          ExitCode.HOST_LIMIT,
          "standard output did not take all of the result: its disk is full, or its reader has ended");
    }
  }
}
