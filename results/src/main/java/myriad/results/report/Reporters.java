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
          new HtmlReporter());

  private Reporters() {}

  public static List<Reporter> all() {
    return ALL;
  }

  public static Optional<Reporter> named(String format) {
    return ALL.stream().filter(reporter -> reporter.format().equals(format)).findFirst();
  }

  /**
   * Makes every report of a directory again from what it holds. The result itself is only read.
   *
   * @param sweep as {@link RunDirectory#read} gave it
   */
  public static void writeAll(RunDirectory directory, RecordedSweep sweep) throws IOException {
    for (Reporter reporter : ALL) {
      if (!reporter.fileName().equals(RunDirectory.RESULT_FILE)) {
        write(directory, sweep, reporter);
      }
    }
  }

  static void write(RunDirectory directory, RecordedSweep sweep, Reporter reporter)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    reporter.write(sweep, bytes);
    directory.write(reporter.fileName(), bytes.toByteArray());
  }
}
