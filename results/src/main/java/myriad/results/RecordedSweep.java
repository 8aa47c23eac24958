package myriad.results;

/**
 * A sweep with its histograms: what every report is made from.
 *
 * @param result the figures
 * @param histograms one a run, loaded on demand
 */
public record RecordedSweep(SweepResult result, HistogramSource histograms) {}
