package myriad.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRankTest {

  private static final double[] ALL_ABOVE = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0};

  @Test
  void theLeastPossiblePOfTenPairsIsTwoToTheMinusTen() {
    assertThat(SignedRank.pGreater(ALL_ABOVE, 0)).isCloseTo(1 / 1024.0, offset(1e-12));
    assertThat(SignedRank.pLess(ALL_ABOVE, 1.1)).isCloseTo(1 / 1024.0, offset(1e-12));
  }

  @Test
  void theOtherSideIsNeverSignificant() {
    assertThat(SignedRank.pLess(ALL_ABOVE, 0)).isGreaterThan(0.99);
    assertThat(SignedRank.pGreater(ALL_ABOVE, 1.1)).isGreaterThan(0.99);
  }

  @Test
  void agreesWithThePublishedTable() {
    // T = 8 with n = 10 is the greatest rank sum that is significant at 0.025, one-sided.
    double[] differences = {-1, 2, 3, 4, 5, 6, -7, 8, 9, 10};

    assertThat(SignedRank.pGreater(differences, 0)).isCloseTo(25 / 1024.0, offset(1e-12));
  }

  @Test
  void differencesThatEqualTheShiftSayNothing() {
    assertThat(SignedRank.pGreater(new double[] {0.5, 0.5}, 0.5)).isEqualTo(1);
    assertThat(SignedRank.pGreater(new double[0], 0)).isEqualTo(1);
  }

  /**
   * Latencies come from buckets: pairs tie. All signs that they could have had are gone through.
   */
  @Property(tries = 500)
  void withTiesPIsTheShareOfAllSignsThatAreAsGreat(
      @ForAll @Size(max = 12) List<@IntRange(min = -4, max = 4) Integer> tenths) {
    double[] differences = tenths.stream().mapToDouble(tenth -> tenth / 10.0).toArray();

    assertThat(SignedRank.pGreater(differences, 0)).isCloseTo(shareAsGreat(tenths), offset(1e-12));
    assertThat(SignedRank.pLess(differences, 0))
        .isCloseTo(shareAsGreat(tenths.stream().map(tenth -> -tenth).toList()), offset(1e-12));
  }

  private static double shareAsGreat(List<Integer> withZeros) {
    List<Integer> differences = withZeros.stream().filter(d -> d != 0).toList();
    double[] ranks = differences.stream().mapToDouble(d -> midRank(d, differences)).toArray();
    int n = ranks.length;
    double observed =
        IntStream.range(0, n).filter(i -> differences.get(i) > 0).mapToDouble(i -> ranks[i]).sum();
    long asGreat =
        IntStream.range(0, 1 << n)
            .filter(
                signs ->
                    IntStream.range(0, n)
                            .filter(i -> ((signs >> i) & 1) == 1)
                            .mapToDouble(i -> ranks[i])
                            .sum()
                        >= observed)
            .count();
    return asGreat / (double) (1 << n);
  }

  private static double midRank(int difference, List<Integer> all) {
    long smaller = all.stream().filter(d -> Math.abs(d) < Math.abs(difference)).count();
    long equal = all.stream().filter(d -> Math.abs(d) == Math.abs(difference)).count();
    return smaller + (equal + 1) / 2.0;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10, 20, 50})
  void withoutTiesPIsThatOfTheLibrary(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[] differences = random.doubles(n).map(_ -> 0.3 + random.nextGaussian()).toArray();
    WilcoxonSignedRankTest exact =
        WilcoxonSignedRankTest.withDefaults()
            .with(PValueMethod.EXACT)
            .with(AlternativeHypothesis.GREATER_THAN);

    assertThat(SignedRank.pGreater(differences, 0))
        .isCloseTo(exact.test(differences).getPValue(), offset(1e-12));
  }

  @Test
  void beyondFiftyDifferencesTheApproximationCarriesOn() {
    double[] fifty = IntStream.rangeClosed(1, 50).mapToDouble(i -> i % 3 == 0 ? -i : i).toArray();
    double[] oneMore = IntStream.rangeClosed(1, 51).mapToDouble(i -> i % 3 == 0 ? -i : i).toArray();

    assertThat(SignedRank.pGreater(oneMore, 0))
        .isCloseTo(SignedRank.pGreater(fifty, 0), offset(0.02));
  }

  /** 0.1 + 0.2 and 0.3 differ in their last bit, and are the same difference. */
  @Test
  void differencesThatOnlyRoundingTellsApartAreTied() {
    assertThat(SignedRank.pGreater(new double[] {0.1 + 0.2, -0.3}, 0)).isEqualTo(0.75);
    assertThat(SignedRank.pGreater(new double[] {0.3, -(0.1 + 0.2)}, 0)).isEqualTo(0.75);
    assertThat(SignedRank.pGreater(new double[] {0.1 + 0.2}, 0.3)).isEqualTo(1);
  }

  @Test
  void leavesItsInputAlone() {
    double[] sample = {3, 1, 2};
    SignedRank.pGreater(sample, 0);
    assertThat(sample).containsExactly(3, 1, 2);
  }
}
