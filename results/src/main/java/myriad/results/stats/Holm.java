package myriad.results.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's step-down procedure: which of several hypotheses are rejected, so that the chance of any
 * false rejection stays within one level.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm, A simple sequentially rejective
 *     multiple test procedure, 1979</a>
 */
public final class Holm {

  private Holm() {}

  /**
   * Tests {@code p} values together.
   *
   * @return for each, in the order given, whether its hypothesis is rejected
   */
  public static List<Boolean> rejected(List<Double> p, double alpha) {
    List<Integer> ascending =
        IntStream.range(0, p.size()).boxed().sorted(Comparator.comparing(p::get)).toList();
    boolean[] rejected = new boolean[p.size()];
    for (int rank = 0; rank < ascending.size(); rank++) {
      int index = ascending.get(rank);
      if (p.get(index) > alpha / (p.size() - rank)) {
        break;
      }
      rejected[index] = true;
    }
    return IntStream.range(0, rejected.length).mapToObj(index -> rejected[index]).toList();
  }
}
