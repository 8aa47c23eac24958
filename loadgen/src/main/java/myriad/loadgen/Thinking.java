package myriad.loadgen;

import java.util.ArrayDeque;

/**
 * Connections of a closed loop that pause before their next message. All pauses have one length, so
 * that they end in the order in which they began. Not thread-safe.
 */
final class Thinking {

  private final ArrayDeque<EchoConnection> connections = new ArrayDeque<>();
  private final LongRing untilNs = new LongRing();

  void add(EchoConnection connection, long untilNs) {
    connections.add(connection);
    this.untilNs.add(untilNs);
  }

  int size() {
    return connections.size();
  }

  /** When the first pause ends; {@link ArrivalSchedule#NEVER} if there is none. */
  long nextDueNs() {
    return untilNs.isEmpty() ? ArrivalSchedule.NEVER : untilNs.get(0);
  }

  /** Takes out the connection whose pause ends first. */
  EchoConnection remove() {
    untilNs.remove();
    return connections.remove();
  }

  void clear() {
    connections.clear();
    untilNs.clear();
  }
}
