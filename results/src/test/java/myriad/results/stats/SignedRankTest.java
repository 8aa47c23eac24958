package myriad.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

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

  @Test
  void leavesItsInputAlone() {
    double[] sample = {3, 1, 2};
    SignedRank.pGreater(sample, 0);
    assertThat(sample).containsExactly(3, 1, 2);
  }
}
