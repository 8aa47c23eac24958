package myriad.loadgen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Tells whether a closed loop hid its target's stalls. A connection that waits for an echo sends
 * nothing meanwhile, so that a stall of a second is one sample, where a schedule would have had as
 * many as there are usual rounds in a second (coordinated omission).
 *
 * <p>What is missing is put back as HdrHistogram's correction for an expected interval does it: the
 * usual round of a connection is the median service time and the think time, shared by the messages
 * under way at once; a sample of {@code n} rounds stands for {@code n} messages, that waited for
 * {@code n} rounds, {@code n - 1}, and so on. Computed from sums, as stalls of minutes between
 * rounds of microseconds would be too many samples to add one by one.
 */
final class HiddenStalls {

  /** A corrected percentile is worth a note if it is so many times the recorded one, … */
  private static final double TELLING_RATIO = 2;

  /** … and so much longer. */
  private static final long TELLING_NS = 5_000_000;

  private static final List<Double> PERCENTILES = List.of(99.0, 90.0);

  private static final int HALVINGS = 60;

  private final List<Sample> samples = new ArrayList<>();
  private final double roundNs;
  private final double messages;

  private HiddenStalls(Histogram service, double roundNs) {
    this.roundNs = roundNs;
    double sum = 0;
    for (HistogramIterationValue value : service.recordedValues()) {
      Sample sample =
          new Sample(value.getValueIteratedTo(), value.getCountAddedInThisIterationStep());
      samples.add(sample);
      sum += sample.messagesOver(0, roundNs);
    }
    messages = sum;
  }

  /**
   * In words, what a run hides; empty for a run that is not a closed loop, or hides little.
   *
   * @param service service times of the measured phase, in nanoseconds
   */
  static Optional<String> note(LoadPlan plan, Histogram service) {
    if (!(plan.arrivals() instanceof Arrivals.ClosedLoop closed) || service.getTotalCount() == 0) {
      return Optional.empty();
    }
    double roundNs =
        (service.getValueAtPercentile(50) + closed.think().toNanos())
            / (double) plan.pipelineDepth();
    HiddenStalls stalls = new HiddenStalls(service, Math.max(1, roundNs));
    return PERCENTILES.stream()
        .filter(percentile -> stalls.areTellingAt(percentile, service))
        .findFirst()
        .map(percentile -> stalls.describe(percentile, service));
  }

  /** The percentile as a schedule that sends a message every round would have it. */
  double correctedNs(double percentile) {
    double wantedOver = messages * (1 - percentile / 100);
    double low = 0;
    double high = samples.getLast().valueNs;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (messagesOver(middle) > wantedOver) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  static HiddenStalls of(Histogram service, double roundNs) {
    return new HiddenStalls(service, roundNs);
  }

  private double messagesOver(double limitNs) {
    double sum = 0;
    for (Sample sample : samples) {
      sum += sample.messagesOver(limitNs, roundNs);
    }
    return sum;
  }

  private boolean areTellingAt(double percentile, Histogram service) {
    double recordedNs = service.getValueAtPercentile(percentile);
    double correctedNs = correctedNs(percentile);
    return correctedNs >= TELLING_RATIO * recordedNs && correctedNs - recordedNs >= TELLING_NS;
  }

  private String describe(double percentile, Histogram service) {
    return ("closed loop hides stalls: nothing was sent while the target stalled, for up to %,.1f ms;"
            + " on a schedule p%.0f would be about %,.1f ms, not %,.1f ms: use --rate to measure it")
        .formatted(
            service.getMaxValue() / 1e6,
            percentile,
            correctedNs(percentile) / 1e6,
            service.getValueAtPercentile(percentile) / 1e6);
  }

  /** So many recorded messages of one service time. */
  private record Sample(long valueNs, long count) {

    /** Messages it stands for that waited longer than {@code limitNs}. */
    double messagesOver(double limitNs, double roundNs) {
      return valueNs <= limitNs ? 0 : count * Math.max(1, (valueNs - limitNs) / roundNs);
    }
  }
}
