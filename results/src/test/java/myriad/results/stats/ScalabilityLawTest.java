package myriad.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalabilityLawTest {

  private static final double[] CONNECTIONS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024};

  private static double[] throughput(double lambda, double sigma, double kappa) {
    ScalabilityLaw law = new ScalabilityLaw(lambda, sigma, kappa, 1, List.of());
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

  @Test
  void theBandHoldsTheTruthAboutAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(7);
    double[] truth = throughput(1_000, 0.05, 0.00002);
    int held = 0;
    int trials = 300;
    for (int trial = 0; trial < trials; trial++) {
      double[] noisy = Arrays.stream(truth).map(x -> x + 200 * random.nextGaussian()).toArray();
      ScalabilityLaw law = ScalabilityLaw.fit(CONNECTIONS, noisy).orElseThrow();
      if (Math.abs(law.at(64) - truth[6]) <= law.bandAt(64)) {
        held++;
      }
    }
    assertThat(held / (double) trials)
        .as("95 %% by a normal approximation with 8 degrees of freedom")
        .isBetween(0.86, 0.99);
  }

  @Test
  void linearScalingHasNoPeak() {
    ScalabilityLaw law =
        ScalabilityLaw.fit(CONNECTIONS, Arrays.stream(CONNECTIONS).map(n -> 5 * n).toArray())
            .orElseThrow();

    assertThat(law.lambda()).isCloseTo(5, withPercentage(0.1));
    assertThat(law.peak().orElse(Double.POSITIVE_INFINITY)).isGreaterThan(1_024);
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
