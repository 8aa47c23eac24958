package myriad.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalabilityLawTest {

  private static final double[] CONNECTIONS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024};

  private static double[] throughput(double lambda, double sigma, double kappa) {
    ScalabilityLaw law = new ScalabilityLaw(lambda, sigma, kappa, 1, List.of(), 1);
    return Arrays.stream(CONNECTIONS).map(law::at).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1000,0.05,0.00002", "30000,0.02,0.000001", "950,0.2,0.001"})
  void findsTheParametersThatMadeTheData(double lambda, double sigma, double kappa) {
    ScalabilityLaw law =
        ScalabilityLaw.fit(CONNECTIONS, throughput(lambda, sigma, kappa)).orElseThrow();

    assertThat(law.lambda()).isCloseTo(lambda, withPercentage(0.1));
    assertThat(law.sigma()).isCloseTo(sigma, withPercentage(0.1));
    assertThat(law.kappa()).isCloseTo(kappa, withPercentage(0.1));
    assertThat(law.peak().orElseThrow())
        .isCloseTo(Math.sqrt((1 - sigma) / kappa), withPercentage(0.1));
    assertThat(law.isPoor()).isFalse();
  }

  /** Four counts leave one degree of freedom, for which 1.96 would hold seven times of ten. */
  @ParameterizedTest
  @CsvSource({"1|8|64|512", "1|2|4|8|16|32|64|128|256|512|1024"})
  void theBandHoldsTheTruthAsOftenAsItSays(String counts) {
    double[] n = Stream.of(counts.split("\\|")).mapToDouble(Double::parseDouble).toArray();
    ScalabilityLaw truth = new ScalabilityLaw(1_000, 0.05, 0.00002, 1, List.of(), 1);
    SplittableRandom random = new SplittableRandom(7);
    int trials = 600;
    int held = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] noisy =
          Arrays.stream(n).map(at -> truth.at(at) + 20 * random.nextGaussian()).toArray();
      ScalabilityLaw law = ScalabilityLaw.fit(n, noisy).orElseThrow();
      if (Math.abs(law.at(64) - truth.at(64)) <= law.bandAt(64)) {
        held++;
      }
    }
    assertThat(held / (double) trials)
        .as("95 %%, and three standard errors of %d trials to either side", trials)
        .isBetween(0.923, 0.977);
  }

  @Test
  void theBandOfThePeakHoldsTheTruthAsOftenAsItSays() {
    ScalabilityLaw truth = new ScalabilityLaw(1_000, 0.05, 0.00002, 1, List.of(), 1);
    double peak = truth.peak().orElseThrow();
    SplittableRandom random = new SplittableRandom(7);
    int trials = 600;
    int held = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] noisy =
          Arrays.stream(CONNECTIONS).map(at -> truth.at(at) + 20 * random.nextGaussian()).toArray();
      ScalabilityLaw law = ScalabilityLaw.fit(CONNECTIONS, noisy).orElseThrow();
      double off = Math.abs(law.peak().orElse(Double.NaN) - peak);
      if (off <= law.peakBand().orElse(0.0)) {
        held++;
      }
    }
    assertThat(held / (double) trials)
        .as("95 %%, and three standard errors of %d trials to either side", trials)
        .isBetween(0.923, 0.977);
  }

  @Test
  void aPeakOfOneHasNoBand() {
    assertThat(new ScalabilityLaw(1_000, 1.2, 0.001, 1, List.of(), 1).peakBand()).isEmpty();
  }

  @Test
  void linearScalingHasNoPeak() {
    ScalabilityLaw law =
        ScalabilityLaw.fit(CONNECTIONS, Arrays.stream(CONNECTIONS).map(n -> 5 * n).toArray())
            .orElseThrow();

    assertThat(law.lambda()).isCloseTo(5, withPercentage(0.1));
    assertThat(law.peak().orElse(Double.POSITIVE_INFINITY)).isGreaterThan(1_024);
  }

  /** What cannot be done in parallel at all is fastest with one. */
  @Test
  void thePeakIsNeverBelowOne() {
    assertThat(new ScalabilityLaw(1_000, 1.2, 0.001, 1, List.of(), 1).peak()).contains(1.0);
  }

  /** Figures of a hostile file: their squares are more than any number. */
  @Test
  void aFitThatHasNoNumberIsNone() {
    double[] enormous = Arrays.stream(CONNECTIONS).map(n -> n * (n % 3 + 1) * 1e160).toArray();

    assertThat(ScalabilityLaw.fit(CONNECTIONS, enormous)).isEmpty();
  }

  @Test
  void saysWhenTheLawDoesNotDescribeTheData() {
    double[] zigzag = {9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 9};

    assertThat(ScalabilityLaw.fit(CONNECTIONS, zigzag).map(ScalabilityLaw::isPoor).orElse(true))
        .isTrue();
  }

  @Test
  void threePointsAreTooFew() {
    assertThat(ScalabilityLaw.fit(new double[] {1, 2, 4, 4}, new double[] {1, 2, 3, 3})).isEmpty();
  }
}
