package myriad.loadgen;

import java.time.Duration;
import myriad.results.Interval;

/**
 * Where a run stands: what a live view shows. Given about four times a second.
 *
 * @param phase what the run is doing
 * @param elapsed since the run began
 * @param remaining until the measured phase ends, as planned
 * @param connectionsTarget asked for
 * @param connectionsOpen open and served
 * @param latest the last whole interval
 * @param errors counted since the run began
 */
public record LoadProgress(
    Interval.Phase phase,
    Duration elapsed,
    Duration remaining,
    int connectionsTarget,
    int connectionsOpen,
    Interval latest,
    long errors) {

  /** Told of progress, by the thread that called {@link LoadRun#run}; must not block. */
  @FunctionalInterface
  public interface Listener {
    void onProgress(LoadProgress progress);
  }
}
