package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import myriad.cli.CapacitySearch.Outcome;
import myriad.cli.CapacitySearch.Step;
import myriad.cli.CapacitySearch.Try;
import myriad.results.RunResult;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;

class SearchReportTest {

  private static final String REASON =
      "generator saturated: its busiest event loop was busy 99 % of the time (limit 95 %)";

  /** One for each try would bury the figures. */
  @Test
  void aReasonIsToldInFullInTheFirstRowThatHasIt() {
    RunResult run =
        Runs.measured("-", 100, 100, new Verdict(Verdict.Kind.INVALID, List.of(REASON)));
    List<Try> tries = List.of(invalid(1), invalid(2));
    SearchReport report =
        new SearchReport(
            "p99<5ms",
            SearchCommand.Over.RATE,
            new SearchResult(0, 0, SearchResult.Ending.GENERATOR, tries),
            List.of(Optional.of(run), Optional.of(run)));

    String shown = report.render(OptionalInt.empty());

    assertThat(shown.lines().filter(line -> line.contains("INVALID: generator saturated")))
        .hasSize(3);
    assertThat(shown.lines().filter(line -> line.contains("busiest")))
        .as("in its first row, whose cell is wrapped, and in the conclusion")
        .hasSize(2)
        .last()
        .isEqualTo(report.conclusion());
  }

  private static Try invalid(int attempt) {
    return new Try(
        Step.DOUBLING, 64_000, attempt, Outcome.INVALID, "the run is INVALID: " + REASON);
  }
}
