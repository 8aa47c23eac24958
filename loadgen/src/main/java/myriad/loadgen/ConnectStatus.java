package myriad.loadgen;

/**
 * How connections stand now.
 *
 * @param attempted connects begun
 * @param connecting connects under way
 * @param open established
 * @param served established, and an echo came back
 * @param ended connects that failed and connections that were lost
 */
record ConnectStatus(long attempted, int connecting, int open, int served, long ended) {

  static final ConnectStatus NONE = new ConnectStatus(0, 0, 0, 0, 0);

  ConnectStatus plus(ConnectStatus other) {
    return new ConnectStatus(
        attempted + other.attempted,
        connecting + other.connecting,
        open + other.open,
        served + other.served,
        ended + other.ended);
  }

  /** Connections of which it is known whether they are served. */
  long resolved() {
    return served + ended;
  }

  /** Grows, or changes, with everything that happens while connecting. */
  long progress() {
    return attempted + open + resolved();
  }
}
