package myriad.loadgen;

import java.util.List;

/**
 * The closed loop's part of an event loop: a connection sends its next message when a reply has
 * come, at once or after a pause. Every method runs on the event loop.
 *
 * <p>At once means when the replies that had come in are read, or {@link #MOST_WAITING} of them:
 * the target is woken once for many messages. Of more replies than that, the later ones are read,
 * and their times taken, when messages were sent for those before them.
 */
final class ClosedLoopDriver {

  /**
   * More gain nothing from being sent together. With a thousand, the sockets that were read first
   * have left the processor's caches when they are sent on, and the kernel interrupts the target's
   * CPU to have it free what was received: it does so after half of {@code net.core.skb_defer_max}
   * (64) buffers, unless the target has run meanwhile.
   */
  private static final int MOST_WAITING = 32;

  private final int depth;
  private final Measurements measurements;
  private final Thinking thinking = new Thinking();
  private long thinkNs;
  private boolean sending;

  /**
   * A driver with nothing to do yet.
   *
   * @param depth the most messages under way at once on a connection
   */
  ClosedLoopDriver(int depth, Measurements measurements) {
    this.depth = depth;
    this.measurements = measurements;
  }

  /** Has every connection begin that takes messages. */
  void start(Arrivals.ClosedLoop closed, List<EchoConnection> connections) {
    thinkNs = closed.think().toNanos();
    sending = true;
    long nowNs = System.nanoTime();
    for (EchoConnection connection : connections) {
      fillPipeline(connection, nowNs);
    }
  }

  /** Nothing new is sent from now on. */
  void stop() {
    sending = false;
    thinking.clear();
  }

  /** A connection was opened under the load. */
  void opened(EchoConnection connection, long nowNs) {
    if (maySend(nowNs)) {
      connection.offer(nowNs, nowNs, depth);
    }
  }

  /**
   * A reply came.
   *
   * @param first whether it is the first of its connection
   */
  void answered(EchoConnection connection, boolean first, long nowNs) {
    if (!maySend(nowNs) || !connection.work().takesMessages()) {
      return;
    }
    if (first) {
      fillPipeline(connection, nowNs);
    } else {
      thinking.add(connection, thinkNs == 0 ? measurements.roundFromNs() : nowNs + thinkNs);
    }
  }

  /** When the next pause ends. */
  long nextDueNs() {
    return thinking.nextDueNs();
  }

  /** Sends on the connections whose pause has ended. */
  void runDue(long nowNs) {
    while (thinking.nextDueNs() <= nowNs) {
      long dueNs = thinking.nextDueNs();
      endThinking(thinking.remove(), dueNs);
    }
  }

  /** A reply was read, and others may have come in: pauses end meanwhile. */
  void betweenReads() {
    if (thinkNs > 0 || thinking.size() >= MOST_WAITING) {
      runDue(System.nanoTime());
    }
  }

  private void endThinking(EchoConnection connection, long dueNs) {
    long nowNs = System.nanoTime();
    if (maySend(nowNs) && connection.work().takesMessages()) {
      measurements.lag(dueNs, nowNs);
      connection.offer(thinkNs == 0 ? nowNs : dueNs, nowNs, depth);
      connection.flush();
    }
  }

  private void fillPipeline(EchoConnection connection, long nowNs) {
    while (connection.work().hasRoom(depth)) {
      connection.offer(nowNs, nowNs, depth);
      connection.flushIfLong();
    }
    connection.flush();
  }

  private boolean maySend(long nowNs) {
    return sending && nowNs < measurements.window().measureUntilNs();
  }
}
