package myriad.loadgen;

/**
 * How connections stand now.
 *
 * @param attempted connects begun
 * @param connecting connects under way
 * @param open established
 * @param served established, and an echo came back
 * @param failed connects that failed, and connections that ended before they were served
 * @param lost connections that were served and ended before the load ended them
 */
record ConnectStatus(long attempted, int connecting, int open, int served, long failed, long lost) {

  static final ConnectStatus NONE = new ConnectStatus(0, 0, 0, 0, 0, 0);

  ConnectStatus plus(ConnectStatus other) {
    return new ConnectStatus(
        attempted + other.attempted,
        connecting + other.connecting,
        open + other.open,
        served + other.served,
        failed + other.failed,
        lost + other.lost);
  }

  /** Connections of which it is known whether they are served. */
  long resolved() {
    return served + failed + lost;
  }
}
