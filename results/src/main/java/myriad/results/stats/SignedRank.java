package myriad.results.stats;

import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * The one-sided Wilcoxon signed-rank test of paired differences against a shift. It asks only that
 * the differences are symmetric, not that they are normal. Differences equal to the shift say
 * nothing and are left out.
 *
 * @see <a href="https://www.jstor.org/stable/3001968">Wilcoxon, Individual comparisons by ranking
 *     methods, 1945</a>
 */
public final class SignedRank {

  private SignedRank() {}

  /** How likely differences this great would be if their median were at most {@code shift}. */
  public static double pGreater(double[] differences, double shift) {
    return p(differences, shift, AlternativeHypothesis.GREATER_THAN);
  }

  /** How likely differences this small would be if their median were at least {@code shift}. */
  public static double pLess(double[] differences, double shift) {
    return p(differences, shift, AlternativeHypothesis.LESS_THAN);
  }

  private static double p(double[] differences, double shift, AlternativeHypothesis alternative) {
    double[] shifted = Arrays.stream(differences).map(d -> d - shift).filter(d -> d != 0).toArray();
    return shifted.length == 0
        ? 1
        : WilcoxonSignedRankTest.withDefaults().with(alternative).test(shifted).getPValue();
  }
}
