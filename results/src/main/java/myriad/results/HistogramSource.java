package myriad.results;

/**
 * Gives the histograms of the runs of a sweep, one run at a time: all of them together may not fit
 * into memory.
 */
@FunctionalInterface
public interface HistogramSource {

  /**
   * The histograms of one run.
   *
   * @param runIndex position in {@link SweepResult#runs}, from 0
   * @return {@link RunHistograms#none()} where nothing was measured
   * @throws ResultsException if they are kept in a file that cannot be read
   */
  RunHistograms histogramsOf(int runIndex) throws ResultsException;
}
