package myriad.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import myriad.results.Check.Status;

/**
 * Whether head may replace base, and all that this rests on.
 *
 * @param base the server as it was asked for
 * @param head the one that is to replace it
 * @param decision PASS, FAIL or INCONCLUSIVE; INVALID where too few pairs could be trusted
 * @param alpha chance of a false decision, over all primary metrics and all looks
 * @param plannedPairs after which the data is looked at first
 * @param mostPairs after which it is looked at last
 * @param metrics what was compared
 * @param resolutions what this machine can tell apart; empty without calibration
 * @param pairs in the order in which they ran, thrown-out ones included
 * @param notes findings in words
 */
public record GateResult(
    String base,
    String head,
    Status decision,
    double alpha,
    int plannedPairs,
    int mostPairs,
    List<Metric> metrics,
    List<Resolution> resolutions,
    List<Pair> pairs,
    List<String> notes) {

  public GateResult {
    Figures.finite("alpha", alpha);
    metrics = List.copyOf(metrics);
    resolutions = List.copyOf(resolutions);
    pairs = List.copyOf(pairs);
    notes = List.copyOf(notes);
  }

  /** What a pair compares. */
  public enum Arm {
    /** Base with head. */
    HEAD,
    /** Base with base, which shows what the machine alone does. */
    CALIBRATION
  }

  /** Pairs of base and head that count. */
  @JsonIgnore
  public long validPairs() {
    return validPairs(Arm.HEAD);
  }

  /** Pairs of base and head that were thrown out. */
  @JsonIgnore
  public long invalidPairs() {
    return invalidPairs(Arm.HEAD);
  }

  /** Pairs of one arm that count. */
  public long validPairs(Arm arm) {
    return pairs.stream().filter(pair -> pair.arm() == arm && pair.faults().isEmpty()).count();
  }

  /** Pairs of one arm that were thrown out. */
  public long invalidPairs(Arm arm) {
    return pairs.stream().filter(pair -> pair.arm() == arm && !pair.faults().isEmpty()).count();
  }

  /**
   * A figure, compared.
   *
   * @param name such as {@code p99}
   * @param moreIsBetter true for throughput
   * @param margin the worsening that is acceptable, as a share
   * @param primary whether it decides; the others are shown
   * @param status what the tests say of it alone
   * @param pairs that it was compared in
   * @param ratio median of head to base
   * @param low end of the 95 % bootstrap interval of {@code ratio}
   * @param high its other end
   * @param pWorse of the test that the worsening is above the margin
   * @param pFine of the test that it is below
   */
  public record Metric(
      String name,
      boolean moreIsBetter,
      double margin,
      boolean primary,
      Status status,
      int pairs,
      double ratio,
      double low,
      double high,
      double pWorse,
      double pFine) {

    public Metric {
      Figures.finite("margin", margin);
      Figures.finite("ratio", ratio);
      Figures.finite("low", low);
      Figures.finite("high", high);
      Figures.finite("pWorse", pWorse);
      Figures.finite("pFine", pFine);
    }
  }

  /**
   * What base against itself says of the machine.
   *
   * @param metric its name
   * @param pairs that a gate of this machine is taken to have
   * @param worsening the least, as a share, that such a gate fails nine times of ten
   * @param ratio median of base to base: 1 on a machine that favours neither
   */
  public record Resolution(String metric, int pairs, double worsening, double ratio) {

    public Resolution {
      Figures.finite("worsening", worsening);
      Figures.finite("ratio", ratio);
    }
  }

  /**
   * One observation: two fresh processes, loaded in turns.
   *
   * @param number from 1, within its arm
   * @param order of the turns, such as {@code base head head base}
   * @param faults why it was thrown out; empty if it counts
   * @param figures by metric
   */
  public record Pair(
      int number, Arm arm, String order, List<String> faults, Map<String, Figure> figures) {

    public Pair {
      faults = List.copyOf(faults);
      figures = Figures.ordered(figures);
    }
  }

  /** Of both servers of a pair, from the merged histograms of their turns; times in ns. */
  public record Figure(double base, double head) {

    public Figure {
      Figures.finite("base", base);
      Figures.finite("head", head);
    }

    /** Head to base. */
    @JsonIgnore
    public double ratio() {
      return head / base;
    }
  }
}
