package myriad.results.stats;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * The one-sided Wilcoxon signed-rank test of paired differences against a shift. It asks only that
 * the differences are symmetric, not that they are normal. Differences equal to the shift say
 * nothing and are left out; those of equal size have the mean of their ranks. Up to {@value
 * #MOST_EXACT} differences p is exact, ties or not; beyond, it is by a normal approximation.
 *
 * @see <a href="https://www.jstor.org/stable/3001968">Wilcoxon, Individual comparisons by ranking
 *     methods, 1945</a>
 */
public final class SignedRank {

  private static final int MOST_EXACT = 50;

  /** Of the largest figure: what is closer together than this differs by rounding alone. */
  private static final double ROUNDING = 1e-12;

  private SignedRank() {}

  /** How likely differences this great would be if their median were at most {@code shift}. */
  public static double pGreater(double[] differences, double shift) {
    return p(shifted(differences, shift));
  }

  /** How likely differences this small would be if their median were at least {@code shift}. */
  public static double pLess(double[] differences, double shift) {
    return p(Arrays.stream(shifted(differences, shift)).map(d -> -d).toArray());
  }

  /** In units in which ties are equal, and what equals the shift is gone. */
  private static double[] shifted(double[] differences, double shift) {
    double largest =
        DoubleStream.concat(DoubleStream.of(shift), Arrays.stream(differences))
            .map(Math::abs)
            .max()
            .orElse(0);
    double unit = Math.max(Double.MIN_NORMAL, largest * ROUNDING);
    return Arrays.stream(differences)
        .map(d -> Math.rint((d - shift) / unit))
        .filter(d -> d != 0)
        .toArray();
  }

  private static double p(double[] differences) {
    return differences.length <= MOST_EXACT
        ? exact(differences)
        : WilcoxonSignedRankTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN)
            .test(differences)
            .getPValue();
  }

  /** The share of all ways to give signs by which the positive ranks sum up to as much or more. */
  private static double exact(double[] differences) {
    int[] ranks = doubledRanks(differences);
    int observed = 0;
    for (int i = 0; i < ranks.length; i++) {
      observed += differences[i] > 0 ? ranks[i] : 0;
    }
    long[] ways = waysToSum(ranks);
    long asMuch = Arrays.stream(ways, observed, ways.length).sum();
    return asMuch / Math.pow(2, ranks.length);
  }

  /** Twice the rank of each size, so that the mean of tied ranks is a whole number too. */
  private static int[] doubledRanks(double[] differences) {
    double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
    return Arrays.stream(new NaturalRanking(TiesStrategy.AVERAGE).apply(sizes))
        .mapToInt(rank -> (int) Math.round(2 * rank))
        .toArray();
  }

  /** How many subsets of {@code ranks} have each sum, from 0 on. */
  private static long[] waysToSum(int[] ranks) {
    long[] ways = new long[Arrays.stream(ranks).sum() + 1];
    ways[0] = 1;
    for (int rank : ranks) {
      for (int sum = ways.length - 1; sum >= rank; sum--) {
        ways[sum] += ways[sum - rank];
      }
    }
    return ways;
  }
}
