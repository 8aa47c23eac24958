package myriad.results.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import myriad.results.Check.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GateDecisionTest {

  private static final double ALPHA = 0.05;
  private static final int LOOKS = 2;
  private static final int GATES = 2_000;
  private static final List<GateMetric> METRICS =
      List.of(
          GateMetric.THROUGHPUT,
          GateMetric.P99,
          GateMetric.BYTES_PER_CONNECTION,
          GateMetric.CPU_PER_MESSAGE);

  /** Spread of the log ratio of a pair: measured with interleaved segments on a busy machine. */
  private static final Map<GateMetric, Double> SPREADS =
      Map.of(
          GateMetric.THROUGHPUT, 0.13,
          GateMetric.P99, 0.26,
          GateMetric.BYTES_PER_CONNECTION, 0.02,
          GateMetric.CPU_PER_MESSAGE, 0.08);

  /** How the log ratios of pairs lie around their median. The test asks for symmetry alone. */
  enum Noise {
    NORMAL {
      @Override
      double drawn(SplittableRandom random, double common) {
        return random.nextGaussian();
      }
    },
    /**
     * Student's t with two degrees of freedom, which has no variance: now and then a pair is far
     * off.
     */
    HEAVY_TAILED {
      @Override
      double drawn(SplittableRandom random, double common) {
        return random.nextGaussian() / Math.sqrt(-Math.log(1 - random.nextDouble()));
      }
    },
    /**
     * As from a coarse histogram: half of the pairs tie with another, and some are at the centre.
     */
    QUANTISED {
      @Override
      double drawn(SplittableRandom random, double common) {
        return Math.rint(2 * random.nextGaussian()) / 2;
      }
    },
    /** What slows a pair down is seen in all metrics. */
    CORRELATED {
      @Override
      double drawn(SplittableRandom random, double common) {
        return Math.sqrt(0.8) * common + Math.sqrt(0.2) * random.nextGaussian();
      }
    };

    /**
     * One deviation, in units of the spread.
     *
     * @param common normal, the same for all metrics of the pair
     */
    abstract double drawn(SplittableRandom random, double common);
  }

  /** A gate as it is run: 10 pairs, and where they do not decide, 10 more with all 20 looked at. */
  private static Status gate(
      SplittableRandom random, Noise noise, ToDoubleFunction<GateMetric> worsening) {
    double[] common = random.doubles(20).map(_ -> random.nextGaussian()).toArray();
    Map<GateMetric, double[]> twenty = new LinkedHashMap<>();
    for (GateMetric metric : METRICS) {
      double centre = worsening.applyAsDouble(metric);
      double spread = SPREADS.getOrDefault(metric, 0.0);
      twenty.put(
          metric,
          Arrays.stream(common).map(c -> centre + spread * noise.drawn(random, c)).toArray());
    }
    Map<GateMetric, double[]> ten = new LinkedHashMap<>();
    twenty.forEach((metric, all) -> ten.put(metric, Arrays.copyOf(all, 10)));
    Status first = GateDecision.of(ten, ALPHA, LOOKS).status();
    return first == Status.INCONCLUSIVE ? GateDecision.of(twenty, ALPHA, LOOKS).status() : first;
  }

  private static double share(Status status, Noise noise, ToDoubleFunction<GateMetric> worsening) {
    SplittableRandom random = new SplittableRandom(20_261_122);
    long found =
        IntStream.range(0, GATES).filter(_ -> gate(random, noise, worsening) == status).count();
    return found / (double) GATES;
  }

  /** Three standard errors above a share that is allowed. */
  private static double atMost(double allowed) {
    return allowed + 3 * Math.sqrt(allowed * (1 - allowed) / GATES);
  }

  @ParameterizedTest
  @EnumSource
  void unchangedCodeIsHardlyEverFailed(Noise noise) {
    assertThat(share(Status.FAIL, noise, _ -> 0)).isLessThanOrEqualTo(atMost(ALPHA));
  }

  @ParameterizedTest
  @EnumSource
  void aChangeThatIsJustAcceptableIsFailedAtMostAtTheLevel(Noise noise) {
    assertThat(share(Status.FAIL, noise, GateMetric::logMargin)).isLessThanOrEqualTo(atMost(ALPHA));
  }

  @ParameterizedTest
  @EnumSource
  void aChangeThatIsJustUnacceptableInOneMetricIsPassedAtMostAtTheLevel(Noise noise) {
    assertThat(
            share(Status.PASS, noise, metric -> metric.moreIsBetter() ? metric.logMargin() : -0.5))
        .isLessThanOrEqualTo(atMost(ALPHA));
  }

  @Test
  void aSlowdownByThirtyPercentIsFound() {
    double slowdown = Math.log(1.3);

    assertThat(
            share(
                Status.FAIL,
                Noise.NORMAL,
                metric ->
                    List.of(GateMetric.THROUGHPUT, GateMetric.P99).contains(metric) ? slowdown : 0))
        .isGreaterThan(0.9);
  }

  @Test
  void anImprovementPasses() {
    assertThat(share(Status.PASS, Noise.NORMAL, _ -> Math.log(1.3))).isZero();
    assertThat(share(Status.PASS, Noise.NORMAL, _ -> -Math.log(1.3))).isGreaterThan(0.95);
  }

  @Test
  void fewPairsDecideNothing() {
    Map<GateMetric, double[]> three = Map.of(GateMetric.P99, new double[] {1, 1.1, 1.2});

    assertThat(GateDecision.of(three, ALPHA, LOOKS).status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void showsTheRatioOfHeadToBase() {
    double worsening = GateMetric.THROUGHPUT.worsening(100, 80);
    double[] pairs = IntStream.range(0, 10).mapToDouble(i -> worsening + i * 1e-6).toArray();

    GateDecision.MetricDecision decision =
        GateDecision.of(Map.of(GateMetric.THROUGHPUT, pairs), ALPHA, LOOKS).metrics().getFirst();

    assertThat(decision.status()).isEqualTo(Status.FAIL);
    assertThat(decision.ratio()).isCloseTo(0.8, offset(1e-5));
    assertThat(decision.interval().low()).isCloseTo(0.8, offset(1e-5));
    assertThat(decision.interval().high()).isCloseTo(0.8, offset(1e-5));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,0", "-1,1", "NaN,1", "1,Infinity"})
  void whatIsNotAboveZeroCannotBeCompared(double base, double head) {
    assertThatThrownBy(() -> GateMetric.P99.worsening(base, head))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p99");
  }
}
