package myriad.results.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import myriad.results.Check.Status;
import myriad.results.stats.BootstrapInterval;
import myriad.results.stats.Holm;
import myriad.results.stats.SignedRank;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Whether head may replace base, from one observation a pair of fresh processes.
 *
 * <p>For each metric two one-sided Wilcoxon signed-rank tests hold the worsening of the pairs
 * against the metric's margin. FAIL: it is above the margin, by Holm over all metrics, so that the
 * chance of any false FAIL stays within the level. PASS: it is below the margin for every metric;
 * since all must pass, each is tested at the full level and the chance of a false PASS stays within
 * it too. Else INCONCLUSIVE. The level is divided evenly between the looks that were planned, which
 * holds whatever the looks have in common.
 *
 * @param status of the gate as a whole
 * @param metrics of each metric, in the order given
 */
public record GateDecision(Status status, List<MetricDecision> metrics) {

  private static final double CONFIDENCE = 0.95;

  /**
   * What was found for one metric.
   *
   * @param worsenings of the pairs it rests on
   * @param pValueWorse of the test for FAIL
   * @param pValueFine of the test for PASS
   */
  public record MetricDecision(
      GateMetric metric,
      Status status,
      List<Double> worsenings,
      double pValueWorse,
      double pValueFine) {

    /** Median of head to base over the pairs. */
    public double ratio() {
      return metric.ratio(Median.withDefaults().evaluate(sample()));
    }

    /** An interval of {@link #ratio}, for the eye only. */
    public BootstrapInterval interval() {
      BootstrapInterval worsening = BootstrapInterval.ofMedian(sample(), CONFIDENCE);
      double oneEnd = metric.ratio(worsening.low());
      double otherEnd = metric.ratio(worsening.high());
      return new BootstrapInterval(Math.min(oneEnd, otherEnd), Math.max(oneEnd, otherEnd));
    }

    private double[] sample() {
      return worsenings.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /**
   * Decides.
   *
   * @param worsenings {@link GateMetric#worsening} of each pair, by metric; none may be empty
   * @param alpha chance of a false decision over all metrics and all looks
   * @param looks how often the data may be looked at, this time included
   */
  public static GateDecision of(Map<GateMetric, double[]> worsenings, double alpha, int looks) {
    double level = alpha / looks;
    List<GateMetric> metrics = List.copyOf(worsenings.keySet());
    List<double[]> samples = List.copyOf(worsenings.values());
    List<Double> worse = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      worse.add(SignedRank.pGreater(samples.get(i), metrics.get(i).logMargin()));
    }
    List<Boolean> failed = Holm.rejected(worse, level);
    List<MetricDecision> decisions = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      double fine = SignedRank.pLess(samples.get(i), metrics.get(i).logMargin());
      Status status =
          failed.get(i) ? Status.FAIL : fine <= level ? Status.PASS : Status.INCONCLUSIVE;
      List<Double> pairs = Arrays.stream(samples.get(i)).boxed().toList();
      decisions.add(new MetricDecision(metrics.get(i), status, pairs, worse.get(i), fine));
    }
    return new GateDecision(overall(decisions), decisions);
  }

  private static Status overall(List<MetricDecision> decisions) {
    if (decisions.stream().anyMatch(decision -> decision.status() == Status.FAIL)) {
      return Status.FAIL;
    }
    return decisions.stream().allMatch(decision -> decision.status() == Status.PASS)
        ? Status.PASS
        : Status.INCONCLUSIVE;
  }
}
