package myriad.results.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * read. Where one of them cannot be made, all are left as they were.
   *
   * @param sweep as {@link RunDirectory#read} gave it
   */
  public static void writeAll(RunDirectory directory, RecordedSweep sweep) throws IOException {
    List<Reporter> reporters = new ArrayList<>(KEPT);
    if (!sweep.result().checks().isEmpty()) {
      reporters.addAll(KEPT_OF_CHECKS);
    }
    write(directory, sweep, reporters);
  }

  /** Makes reports, and then keeps them in a directory, each under its own file name. */
  static void write(RunDirectory directory, RecordedSweep sweep, List<Reporter> reporters)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Reporter reporter : reporters) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      reporter.write(sweep, bytes);
      files.put(reporter.fileName(), bytes.toByteArray());
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      directory.write(file.getKey(), file.getValue());
    }
  }
}
