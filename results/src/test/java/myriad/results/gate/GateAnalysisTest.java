package myriad.results.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import myriad.results.Check;
import myriad.results.GateResult.Arm;
import myriad.results.GateResult.Pair;
import myriad.results.GateResult.Resolution;
import myriad.results.LatencyKind;
import myriad.results.RecordedSweep;
import myriad.results.RunHistograms;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.Runs;
import myriad.results.SampleGate;
import myriad.results.SampleSweep;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateAnalysisTest {

  private static final RecordedSweep SAMPLE = SampleSweep.small();
  private static final GateSetup SETUP =
      new GateSetup(
          "old",
          "new",
          List.of(GateMetric.THROUGHPUT, GateMetric.P99, GateMetric.CPU_PER_MESSAGE),
          List.of(GateMetric.latency("p99.9")),
          10,
          20);

  private static Turns turns(int... runIndexes) throws Exception {
    List<RunResult> runs = new ArrayList<>();
    List<RunHistograms> histograms = new ArrayList<>();
    for (int index : runIndexes) {
      runs.add(SAMPLE.result().runs().get(index));
      histograms.add(SAMPLE.histograms().histogramsOf(index));
    }
    return new Turns(runs, histograms);
  }

  private static Histogram service(RunHistograms histograms) {
    return Objects.requireNonNull(histograms.measured().get(LatencyKind.SERVICE));
  }

  @Test
  void figuresOfTurnsAreOfAllTheirMessages() throws Exception {
    Turns both = turns(0, 1);
    RunResult one = both.runs().getFirst();
    RunResult other = both.runs().getLast();
    Histogram merged = service(both.histograms().getFirst()).copy();
    merged.add(service(both.histograms().getLast()));

    assertThat(both.figure(GateMetric.THROUGHPUT))
        .hasValue(
            (one.messages() + other.messages())
                / (one.measuredSeconds() + other.measuredSeconds()));
    assertThat(both.figure(GateMetric.P99)).hasValue((double) merged.getValueAtPercentile(99));
    assertThat(both.figure(GateMetric.latency("response.mean"))).isPresent();
  }

  @Test
  void aPercentileIsOfResponseTimeUnlessItsKindIsNamed() throws Exception {
    Histogram waited = new Histogram(3);
    waited.recordValue(2_000_000_000L);
    RunHistograms histograms = SAMPLE.histograms().histogramsOf(0);
    Map<LatencyKind, Histogram> measured = new EnumMap<>(histograms.measured());
    measured.put(LatencyKind.RESPONSE, waited);
    Turns turns =
        new Turns(
            List.of(SAMPLE.result().runs().getFirst()),
            List.of(new RunHistograms(measured, List.of(), 0)));

    assertThat(turns.figure(GateMetric.P99).orElseThrow()).isGreaterThan(1e9);
    assertThat(turns.figure(GateMetric.latency("service.p99")).orElseThrow()).isLessThan(1e9);
  }

  @Test
  void aPairHasAFigureAMetric() throws Exception {
    Pair pair = PairFigures.of(SETUP, 1, Arm.HEAD, "base head", turns(0), turns(1));

    assertThat(pair.faults()).isEmpty();
    assertThat(pair.figures())
        .containsOnlyKeys("msgs_per_s", "p99", "server.cpu_us_per_msg", "p99.9");
  }

  @Test
  void aPairWithATurnThatIsInvalidIsThrownOut() throws Exception {
    RunResult late =
        Runs.ended(
            SAMPLE.result().runs().getFirst(),
            Outcome.COMPLETE,
            new Verdict(Verdict.Kind.INVALID, List.of("generator late")));
    Turns head = new Turns(List.of(late), turns(0).histograms());
    Pair pair = PairFigures.of(SETUP, 1, Arm.HEAD, "base head", turns(1), head);

    assertThat(pair.faults()).singleElement().asString().contains("turn 1: generator late");
    assertThat(pair.figures()).isEmpty();
  }

  @Test
  void aPairWithoutAFigureThatDecidesIsThrownOut() throws Exception {
    GateSetup memory =
        new GateSetup("old", "new", List.of(GateMetric.BYTES_PER_CONNECTION), List.of(), 10, 20);
    Pair pair = PairFigures.of(memory, 1, Arm.HEAD, "base head", turns(0), turns(1));

    assertThat(pair.faults())
        .containsExactly("server.bytes_per_conn was not measured, or is not above zero");
  }

  @Test
  void theDecisionAndEachMetricItRestsOnAreLinesOfAReport() {
    assertThat(GateAnalysis.checks(SampleGate.gate()).stream().map(Check::line))
        .containsExactly(
            "✗ gate: head may replace base (1 pairs, 1 thrown out as INVALID)",
            "✗ head: p99 within 10 % (head/base 1.420, 95 % interval 1.300 to 1.600, 10 pairs)",
            "✓ head: server.cpu_us_per_msg within 5 % (head/base 1.000, 95 % interval 0.990 to"
                + " 1.010, 10 pairs)");
  }

  /** For ten normal pairs at level 0.025, nine of ten gates fail from about 1.15 sigma on. */
  @Test
  void aNoisierMachineSeesLess() {
    double quiet = worsening(0.01);
    double noisy = worsening(0.1);

    assertThat(quiet).isBetween(0.10, 0.13);
    assertThat(noisy).isBetween(0.17, 0.35);
  }

  private static double worsening(double spread) {
    SplittableRandom random = new SplittableRandom(7);
    double[] same = random.doubles(20).map(_ -> spread * random.nextGaussian()).toArray();
    Resolution resolution = LeastVisible.of(GateMetric.P99, same, 0.025, 10);
    return resolution.worsening();
  }

  @ParameterizedTest
  @CsvSource({"1,1,5", "3,2,7", "4,2,8"})
  void fewestPairsAreThoseThatCanDecide(int metrics, int looks, int pairs) {
    assertThat(GateSetup.fewestPairs(metrics, looks)).isEqualTo(pairs);
  }

  @ParameterizedTest
  @CsvSource({"p99.9", "max", "p100", "surprise.p99", "errors", "p"})
  void whatCannotBeComparedIsNoMetric(String name) {
    assertThatThrownBy(() -> GateMetric.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({"p50", "mean", "service.p90", "msgs_per_s", "connect.p99"})
  void aMetricIsFoundByItsName(String name) {
    assertThat(GateMetric.named(name).name()).isEqualTo(name);
  }
}
