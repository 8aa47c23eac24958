package myriad.results.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import myriad.results.RecordedSweep;
import myriad.results.RunDirectory;
import myriad.results.report.html.HtmlReporter;

/** Every report that can be made. */
public final class Reporters {

  private static final List<Reporter> ALL =
      List.of(
          new JsonReporter(),
          new SummaryCsvReporter(),
          new IntervalsCsvReporter(),
          new HtmlReporter(),
          new MarkdownReporter(),
          new JUnitReporter());

  private static final List<Reporter> KEPT =
      List.of(new SummaryCsvReporter(), new IntervalsCsvReporter(), new HtmlReporter());

  /** Where something was checked, for the build that acts on it. */
  private static final List<Reporter> KEPT_OF_CHECKS =
      List.of(new MarkdownReporter(), new JUnitReporter());

  private Reporters() {}

  public static List<Reporter> all() {
    return ALL;
  }

  public static Optional<Reporter> named(String format) {
    return ALL.stream().filter(reporter -> reporter.format().equals(format)).findFirst();
  }

  /**
   * Makes the reports that every directory has again from what it holds. The result itself is only
   * read.
   *
   * @param sweep as {@link RunDirectory#read} gave it
   */
  public static void writeAll(RunDirectory directory, RecordedSweep sweep) throws IOException {
    for (Reporter reporter : KEPT) {
      write(directory, sweep, reporter);
    }
    if (!sweep.result().checks().isEmpty()) {
      for (Reporter reporter : KEPT_OF_CHECKS) {
        write(directory, sweep, reporter);
      }
    }
  }

  /** Makes one report and keeps it in a directory, under its own file name. */
  public static void write(RunDirectory directory, RecordedSweep sweep, Reporter reporter)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    reporter.write(sweep, bytes);
    directory.write(reporter.fileName(), bytes.toByteArray());
  }
}
