package myriad.loadgen;

/**
 * When a run loads and when it measures, by {@link System#nanoTime}. A message belongs to the
 * measured phase if it was due within it.
 *
 * @param loadFromNs start of the warm-up
 * @param measureFromNs start of the measured phase
 * @param measureUntilNs its end, and that of the load
 */
record LoadWindow(long loadFromNs, long measureFromNs, long measureUntilNs) {

  /** Before a run knows: nothing is measured. */
  static final LoadWindow NOT_YET = new LoadWindow(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  boolean measures(long timeNs) {
    return timeNs >= measureFromNs && timeNs < measureUntilNs;
  }
}
