package myriad.results;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The histograms of one run, in nanoseconds: what {@code *.hlog} and {@code *.hgrm} are written
 * from. Kept apart from {@link RunResult}, which holds only figures.
 *
 * @param measured the measured phase whole, by kind; {@link LatencyKind#CONNECT} the whole run
 * @param intervals what {@code measured} is the sum of, one a second, with start and end time
 *     stamps set in epoch milliseconds; each may be unpacked anew whenever it is asked for
 * @param startMillis when the run began, in epoch milliseconds; 0 where nothing was measured
 */
public record RunHistograms(
    Map<LatencyKind, Histogram> measured,
    List<Map<LatencyKind, Histogram>> intervals,
    long startMillis) {

  /** Of a run in which nothing was measured. */
  public static RunHistograms none() {
    return new RunHistograms(Map.of(), List.of(), 0);
  }
}
