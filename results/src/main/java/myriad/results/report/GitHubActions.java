package myriad.results.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import myriad.results.Check;
import myriad.results.RecordedSweep;

/**
 * What a job on GitHub is told: a summary on its page, and a line for each check that did not pass.
 */
public final class GitHubActions {

  private GitHubActions() {}

  /**
   * Adds the Markdown summary to the page of the job.
   *
   * @param summaryFile the value of {@code GITHUB_STEP_SUMMARY}
   */
  public static void appendSummary(Path summaryFile, RecordedSweep sweep) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(summaryFile, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      new MarkdownReporter().write(sweep, out);
    }
  }

  /** Workflow commands, one a line, for a log: an error or a warning a check. */
  public static List<String> annotations(List<Check> checks) {
    return checks.stream()
        .filter(check -> check.status() != Check.Status.PASS)
        .map(
            check ->
                "::%s title=%s::%s"
                    .formatted(
                        level(check.status()),
                        escape("Myriad: " + check.name()).replace(":", "%3A").replace(",", "%2C"),
                        escape(check.subject() + ": " + check.detail())))
        .toList();
  }

  private static String level(Check.Status status) {
    return switch (status) {
      case FAIL, INVALID -> "error";
      case INCONCLUSIVE -> "warning";
      case PASS, SKIPPED -> "notice";
    };
  }

  private static String escape(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
