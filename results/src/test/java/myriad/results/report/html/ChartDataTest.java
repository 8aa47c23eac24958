package myriad.results.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RecordedSweep;
import myriad.results.ResultsException;
import myriad.results.RunResult;
import myriad.results.Runs;
import myriad.results.SampleSweep;
import myriad.results.report.RunGroup;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ChartDataTest {

  private static List<ChartData.Group> groups(RecordedSweep sweep) throws ResultsException {
    return ChartData.of(sweep, RunGroup.of(sweep.result())).groups();
  }

  @Test
  void theKneeIsWhereATargetNoLongerKeepsUp() throws ResultsException {
    assertThat(groups(SampleSweep.overRates()))
        .filteredOn(group -> group.variant().equals("async-tasks"))
        .extracting(ChartData.Group::behind)
        .as("75,000 a second of those that are offered come back at the most")
        .containsExactly(false, false, false, true, true);
  }

  /** Three messages of a hundred that do not come back are a queue that grows. */
  @Test
  void whatWasDueTellsMoreThanWhatWasOffered() throws ResultsException {
    RecordedSweep sweep = SampleSweep.overRates();
    RunResult run = sweep.result().runs().getFirst();
    Histogram lag = new Histogram(3);
    lag.recordValueWithCount(35_000, run.messages() * 103 / 100);
    Map<LatencyKind, LatencySummary> latency = new EnumMap<>(run.latency());
    latency.put(LatencyKind.LAG, LatencySummary.of(lag, 0));
    RunResult slower = run.toBuilder().latency(latency).build();

    assertThat(
            groups(
                new RecordedSweep(
                    Runs.sweepOf(sweep.result(), List.of(run, slower, slower)),
                    sweep.histograms())))
        .singleElement()
        .extracting(ChartData.Group::behind)
        .isEqualTo(true);
    assertThat(
            groups(
                new RecordedSweep(
                    Runs.sweepOf(sweep.result(), List.of(run, run, slower)), sweep.histograms())))
        .singleElement()
        .extracting(ChartData.Group::behind)
        .isEqualTo(false);
  }

  @Test
  void aClosedLoopHasNoKnee() throws ResultsException {
    assertThat(groups(SampleSweep.small())).extracting(ChartData.Group::behind).containsOnly(false);
  }
}
