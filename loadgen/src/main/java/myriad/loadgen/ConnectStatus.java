package myriad.loadgen;

/**
 * How connections stand now.
 *
 * @param attempted connects begun
 * @param slots connections begun, where one and those that replaced it are one
 * @param connecting connects under way
 * @param open established
 * @param served established, and an echo came back
 * @param failed connects that failed, and connections that ended before they were served
 * @param lost connections that were served and ended before the load ended them
 */
record ConnectStatus(
    long attempted, int slots, int connecting, int open, int served, long failed, long lost) {

  static final ConnectStatus NONE = new ConnectStatus(0, 0, 0, 0, 0, 0, 0);

  ConnectStatus plus(ConnectStatus other) {
    return new ConnectStatus(
        attempted + other.attempted,
        slots + other.slots,
        connecting + other.connecting,
        open + other.open,
        served + other.served,
        failed + other.failed,
        lost + other.lost);
  }

  /** Slots of which it is known whether they are served: now, or not since the latest attempt. */
  int resolved() {
    return slots - connecting - (open - served);
  }

  /** Whether a message would find a connection that takes it, now or later. */
  boolean canServe(ConnectionLife life) {
    return served > 0 || isReplaced(life);
  }

  /** Whether connections that ended have others in their places, or will have. */
  boolean isReplaced(ConnectionLife life) {
    return life.reconnect() || (life.ends() && failed + lost < slots);
  }

  /**
   * How many connections the load has. Of those that come and go some are always on their way to be
   * served, and count.
   */
  int held(ConnectionLife life) {
    return life.ends() ? connecting + open : served;
  }
}
