package myriad.loadgen;

import org.jspecify.annotations.Nullable;

/**
 * The messages of the load that one connection carries, and what is left of its life for more.
 * Times are of {@link System#nanoTime}. Lives on the event loop of its connection.
 */
final class Workload {

  /** As {@link #place}: the connection takes no messages of the load. */
  static final int NOWHERE = -1;

  private final ConnectionLife life;
  private final long lifetimeNs;
  private final MessagesUnderWay underWay = new MessagesUnderWay();

  /** Intended send times of messages that wait for this connection; null until one had to. */
  private @Nullable LongRing waiting;

  private long bornNs;
  private int carried;
  private int place = NOWHERE;
  private boolean retiring;

  /**
   * Nothing yet.
   *
   * @param lifetimeNs after which the life of the connection is over; 0 for no such end
   */
  Workload(ConnectionLife life, long lifetimeNs) {
    this.life = life;
    this.lifetimeNs = lifetimeNs;
  }

  /** Its life begins. */
  void born(long nowNs) {
    bornNs = nowNs;
  }

  MessagesUnderWay underWay() {
    return underWay;
  }

  /** Its place among the connections that take messages of the load, kept for their pool. */
  int place() {
    return place;
  }

  void setPlace(int place) {
    this.place = place;
  }

  /** Whether it takes further messages of the load. */
  boolean takesMessages() {
    return place != NOWHERE;
  }

  /** Whether a further message can be sent at once. */
  boolean hasRoom(int depth) {
    return takesMessages() && underWay.size() < depth;
  }

  /** Whether its life has room for a further message: it is not over, nor spoken for. */
  boolean mayCarryMore() {
    return !retiring && !life.isOverAfter((long) carried + waiting());
  }

  /** Whether its life is over, and nothing is left to be done on it. */
  boolean isSpent() {
    return underWay.size() == 0 && (retiring || (waiting() == 0 && life.isOverAfter(carried)));
  }

  /**
   * Whether its time to live has passed, and {@link #retire} was not called yet.
   *
   * @param loadFromNs when lives began to be ended: those that had begun by then count from here,
   *     or all that a slow ramp has made old would end, and be replaced, at once
   */
  boolean isExpired(long nowNs, long loadFromNs) {
    long fromNs = bornNs - loadFromNs < 0 ? loadFromNs : bornNs;
    return lifetimeNs > 0 && !retiring && nowNs - fromNs >= lifetimeNs;
  }

  /** Its life is over: nothing new is sent on it. */
  void retire() {
    retiring = true;
  }

  /** A message is sent now. */
  void carry() {
    carried++;
  }

  /** Messages that wait for this connection. */
  int waiting() {
    return waiting == null ? 0 : waiting.size();
  }

  /** A message waits until one that is under way is answered. */
  void addWaiting(long intendedNs) {
    if (waiting == null) {
      waiting = new LongRing();
    }
    waiting.add(intendedNs);
  }

  /** Takes out the message that has waited longest; when it was due. There must be one. */
  long takeWaiting() {
    if (waiting == null) {
      throw new IllegalStateException("nothing waits for this connection");
    }
    return waiting.remove();
  }
}
