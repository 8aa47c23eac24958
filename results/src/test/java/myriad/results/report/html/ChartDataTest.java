package myriad.results.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RecordedSweep;
import myriad.results.ResultsException;
import myriad.results.RunHistograms;
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

  /** Its colour, and whether it is shown, go by that name. */
  @Test
  void aServerOfTheUsersHasOneName() throws ResultsException {
    RecordedSweep sweep = SampleSweep.small();
    RunResult foreign =
        Runs.withVariant(sweep.result().runs().getFirst(), RunResult.FOREIGN_VARIANT);
    RecordedSweep load =
        new RecordedSweep(Runs.sweepOf(sweep.result(), List.of(foreign)), sweep.histograms());
    ChartData data = ChartData.of(load, RunGroup.of(load.result()));

    assertThat(data.variants()).containsExactly(foreign.target());
    assertThat(data.groups())
        .extracting(ChartData.Group::variant)
        .containsExactly(foreign.target());
  }

  /** Of a target that was stuck, the first replies come seconds after the load began. */
  @Test
  void latenciesAreShownWhenTheyWereMeasured() throws ResultsException {
    RecordedSweep sweep = SampleSweep.small();
    RunHistograms all = sweep.histograms().histogramsOf(0);
    RunHistograms late =
        new RunHistograms(
            all.measured(), all.intervals().subList(3, all.intervals().size()), all.startMillis());

    assertThat(Objects.requireNonNull(LatencyHeatmap.of(all, 1_000)).columns().getFirst())
        .startsWith(2L, 1L);
    assertThat(Objects.requireNonNull(LatencyHeatmap.of(late, 1_000)).columns().getFirst())
        .startsWith(5L, 1L);
  }

  @Test
  void aClosedLoopHasNoKnee() throws ResultsException {
    assertThat(groups(SampleSweep.small())).extracting(ChartData.Group::behind).containsOnly(false);
  }
}
