package myriad.results.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import myriad.results.RecordedSweep;
import myriad.results.RunResult;
import myriad.results.Runs;
import myriad.results.SampleSweep;
import myriad.results.SweepResult;
import myriad.results.report.RunGroup;
import org.junit.jupiter.api.Test;

class ScalingFitTest {

  private static List<ScalingFit> fits(RecordedSweep sweep) {
    return ScalingFit.of(RunGroup.of(sweep.result()));
  }

  @Test
  void aClosedLoopOverSixCountsHasAFitWithItsBand() {
    List<ScalingFit> fits = fits(SampleSweep.overConnections());

    assertThat(fits)
        .hasSize(3)
        .allSatisfy(
            fit -> {
              assertThat(fit.law()).isPresent();
              assertThat(fit.points()).hasSize(12);
              assertThat(fit.curve().getFirst().getFirst().doubleValue()).isEqualTo(1);
              assertThat(fit.curve().getLast().getFirst().doubleValue()).isEqualTo(1_024);
              assertThat(fit.curve())
                  .allSatisfy(
                      point ->
                          assertThat(point.get(1).doubleValue())
                              .isBetween(point.get(2).doubleValue(), point.get(3).doubleValue()));
            });
    assertThat(ScalingFit.section(fits))
        .contains("Scaling", "R²", "where its peak lies cannot be told")
        .as("a peak with its band")
        .containsPattern(">[0-9]+ <span class=\"spread\">± [0-9.]+k?</span>");
  }

  /** It shows what was offered, however many digits its rate has. */
  @Test
  void aHeartbeatHasNone() {
    RecordedSweep closed = SampleSweep.overConnections();
    List<RunResult> heartbeats =
        closed.result().runs().stream()
            .map(run -> Runs.withPlan(run, Map.of("rate", "33.333333333333336/s")))
            .toList();
    RecordedSweep open =
        new RecordedSweep(Runs.sweepOf(closed.result(), heartbeats), closed.histograms());

    assertThat(fits(open)).isEmpty();
    assertThat(RunGroup.of(open.result()))
        .allSatisfy(group -> assertThat(group.offeredRate().orElseThrow()).isBetween(33.3, 33.4));
  }

  @Test
  void threeCountsAreTooFewAndTheReportSaysSo() {
    List<ScalingFit> fits = fits(SampleSweep.large());

    assertThat(fits).isNotEmpty().allSatisfy(fit -> assertThat(fit.curve()).isEmpty());
    assertThat(ScalingFit.section(fits))
        .contains("too few points: a fit takes 4 different counts of connections, here are 3");
  }

  @Test
  void aFitToFourRunsSaysThatItsBandIsWide() {
    SweepResult sweep = SampleSweep.overConnections().result();
    List<RunResult> four =
        sweep.runs().stream()
            .filter(run -> run.variant().equals("async-tasks") && run.repeat() == 1)
            .limit(4)
            .toList();

    assertThat(ScalingFit.section(ScalingFit.of(RunGroup.of(Runs.sweepOf(sweep, four)))))
        .contains("its band is wide");
    assertThat(ScalingFit.section(fits(SampleSweep.overConnections()))).doesNotContain("wide");
  }

  /** What an open loop carries is what was offered to it. */
  @Test
  void anOpenLoopHasNone() {
    assertThat(fits(SampleSweep.overRates())).isEmpty();
    assertThat(ScalingFit.section(List.of())).isEmpty();
  }
}
