package myriad.loadgen;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import org.jspecify.annotations.Nullable;

/**
 * The share of a run that one event loop carries: its connections, its part of the schedule, its
 * recorders. Every method but {@link #status} runs on that event loop; the run's own thread reaches
 * it by tasks.
 */
final class LoadLoop implements PacedIoHandler.Pacer {

  private final LoadPlan plan;
  private final EventLoop eventLoop;
  private final int index;
  private final MessageSource messageSource;
  private final @Nullable FirstMessage firstMessage;
  private final LoopCounters counters = new LoopCounters();
  private final ConnectionPool connections;
  private final int depth;
  private final long scanPeriodNs;

  private final ArrayDeque<EchoConnection> thinking = new ArrayDeque<>();
  private final LongRing thinkingUntil = new LongRing();

  private LatencyRecorder measured = new LatencyRecorder();
  private LatencyRecorder outside = new LatencyRecorder();
  private ArrivalSchedule messages = ArrivalSchedule.nothing();
  private long nextScanNs;
  private LoadWindow window = LoadWindow.NOT_YET;
  private boolean loading;
  private int connectionsMade;
  private long echoedInWindow;
  private long echoed;

  /**
   * A loop's share of {@code plan}.
   *
   * @param index which loop this is, from 0, of {@code plan.eventLoops()}
   */
  LoadLoop(LoadPlan plan, EventLoop eventLoop, int index) {
    this.plan = plan;
    this.eventLoop = eventLoop;
    this.index = index;
    this.messageSource = MessageSource.of(plan);
    this.firstMessage =
        plan.messages().first().map(first -> new FirstMessage(first, plan.verify())).orElse(null);
    this.connections = new ConnectionPool(plan, eventLoop, counters, index, this::newConnection);
    this.depth = plan.pipelineDepth();
    this.scanPeriodNs = scanPeriodNs(plan);
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  int index() {
    return index;
  }

  LoadPlan plan() {
    return plan;
  }

  /** What its connections send. */
  MessageSource messages() {
    return messageSource;
  }

  /** What its connections send once, before anything else; null for nothing. */
  @Nullable FirstMessage firstMessage() {
    return firstMessage;
  }

  LoopCounters counters() {
    return counters;
  }

  /** Begins to open this loop's share of the connections. */
  void startConnecting(long startNs) {
    connections.startConnecting(startNs);
  }

  /** Gives up on connections that were not begun yet. */
  void stopConnecting() {
    connections.stopConnecting();
  }

  /** Begins to send messages, from the start of {@code window} to its end. */
  void startLoading(LoadWindow window) {
    this.window = window;
    loading = true;
    switch (plan.arrivals()) {
      case Arrivals.ClosedLoop closed -> {
        long nowNs = System.nanoTime();
        for (EchoConnection connection : connections) {
          if (connection.state() == EchoConnection.State.SERVED) {
            fillPipeline(connection, nowNs);
          }
        }
      }
      case Arrivals.OpenLoop open ->
          messages =
              new ProfileSchedule(
                  open.rate(),
                  open.spacing(),
                  open.seed(),
                  window.loadFromNs(),
                  window.measureUntilNs(),
                  index,
                  plan.eventLoops());
      case Arrivals.Idle idle -> {}
    }
  }

  /** Sends nothing new from now on; messages that were due already still go out in their turn. */
  void stopLoading() {
    loading = false;
    long nowNs = System.nanoTime();
    for (; messages.dueNs() <= nowNs; messages.advance()) {
      counters.increment(Counter.NOT_DISPATCHED);
    }
    messages = ArrivalSchedule.nothing();
    thinking.clear();
    while (!thinkingUntil.isEmpty()) {
      thinkingUntil.remove();
    }
  }

  /** Messages under way or waiting on connections that are being served. */
  long unsettled() {
    long unsettled = 0;
    for (EchoConnection connection : connections) {
      if (connection.state() == EchoConnection.State.SERVED) {
        unsettled += connection.messagesUnderWay() + connection.messagesWaiting();
      }
    }
    return unsettled;
  }

  /** Counts what will have no answer any more, and closes every connection. */
  void closeAll() {
    stopLoading();
    for (EchoConnection connection : connections) {
      switch (connection.state()) {
        case CONNECTED -> counters.increment(Counter.NEVER_SERVED);
        case SERVED -> counters.add(Counter.UNANSWERED_AT_END, connection.messagesUnderWay());
        case CONNECTING -> counters.increment(Counter.STILL_CONNECTING);
        case GONE -> {}
      }
      counters.add(Counter.UNSENT_AT_END, connection.messagesWaiting());
    }
    connections.closeAll();
  }

  /** Where latencies of a message belong that was due at {@code intendedNs}. */
  LatencyRecorder recorderFor(long intendedNs) {
    return window.measures(intendedNs) ? measured : outside;
  }

  /** A connection was established. Connects count over the whole run: most precede the load. */
  void connected(long tookNs) {
    connections.connected();
    measured.record(LatencyKind.CONNECT, tookNs);
  }

  /**
   * A whole message came back on {@code connection}.
   *
   * @param first whether it is the first of this connection
   * @param right whether every byte was as sent
   */
  void echoed(EchoConnection connection, boolean first, boolean right, long nowNs) {
    if (first) {
      connections.firstServed(connection);
    }
    if (right) {
      echoed++;
      if (window.measures(nowNs)) {
        echoedInWindow++;
      }
    }
    if (loading && connection.isSpent()) {
      retire(connection, nowNs);
    } else if (connection.messagesWaiting() > 0) {
      connection.sendWaiting(nowNs);
    } else if (plan.arrivals() instanceof Arrivals.ClosedLoop closed && maySend(nowNs)) {
      sendNextOf(closed, connection, first, nowNs);
    }
  }

  /**
   * The connection ended, and it was not the load that ended it.
   *
   * @param kind how
   * @param example what the system said of it
   */
  void ended(EchoConnection connection, Counter kind, String example) {
    if (connections.ended(connection, kind, example)) {
      settle(connection, System.nanoTime());
    }
  }

  /** Whether messages are due that count for the load; not so while connecting and closing. */
  boolean isLoading() {
    return loading;
  }

  /** How its connections stand. May be called by any thread. */
  ConnectStatus status() {
    return connections.status();
  }

  /** Hands over the interval that ends now, and goes on with the given, empty recorders. */
  LoopSnapshot swap(LatencyRecorder nextMeasured, LatencyRecorder nextOutside) {
    LoopSnapshot snapshot =
        new LoopSnapshot(
            measured,
            outside,
            counters.copy(),
            counters.errors(),
            counters.firstErrors(),
            connections.status(),
            echoed,
            echoedInWindow);
    measured = nextMeasured;
    outside = nextOutside;
    return snapshot;
  }

  @Override
  public long nextDueNs() {
    long due = Math.min(messages.dueNs(), connections.nextDueNs());
    if (!thinkingUntil.isEmpty()) {
      due = Math.min(due, thinkingUntil.get(0));
    }
    return Math.min(due, nextScanNs);
  }

  @Override
  public void runDue(long nowNs) {
    connections.openDue(nowNs);
    while (messages.dueNs() <= nowNs) {
      long intendedNs = messages.dueNs();
      messages.advance();
      dispatch(intendedNs, System.nanoTime());
    }
    while (!thinkingUntil.isEmpty() && thinkingUntil.get(0) <= nowNs) {
      endThinking(thinkingUntil.remove());
    }
    if (nextScanNs <= nowNs) {
      nextScanNs = nowNs + scanPeriodNs;
      scan(nowNs);
    }
  }

  /** Looks for what is told by the clock alone: replies that are overdue, lives that are over. */
  private void scan(long nowNs) {
    long sentBeforeNs = nowNs - plan.replyTimeout().toNanos();
    for (EchoConnection connection : connections) {
      connection.countTimeouts(sentBeforeNs);
      if (loading && connection.isExpired(nowNs)) {
        connection.retire();
        if (connection.isSpent()) {
          retire(connection, nowNs);
        }
      }
    }
  }

  private void dispatch(long intendedNs, long nowNs) {
    recorderFor(intendedNs).record(LatencyKind.LAG, nowNs - intendedNs);
    offerToNext(intendedNs, nowNs);
  }

  private void offerToNext(long intendedNs, long nowNs) {
    EchoConnection connection = connections.nextTakingMessages();
    if (connection == null) {
      counters.increment(Counter.UNSENT_AT_END);
      return;
    }
    connection.offer(intendedNs, nowNs, depth);
    connection.flush();
  }

  private boolean maySend(long nowNs) {
    return loading && nowNs < window.measureUntilNs();
  }

  private void sendNextOf(
      Arrivals.ClosedLoop closed, EchoConnection connection, boolean first, long nowNs) {
    if (first) {
      fillPipeline(connection, nowNs);
    } else if (!connection.takesMessages()) {
      return;
    } else if (closed.think().isZero()) {
      connection.offer(nowNs, nowNs, depth);
    } else {
      thinking.add(connection);
      thinkingUntil.add(nowNs + closed.think().toNanos());
    }
  }

  private void fillPipeline(EchoConnection connection, long nowNs) {
    while (connection.messagesUnderWay() < depth && connection.takesMessages()) {
      connection.offer(nowNs, nowNs, depth);
    }
    connection.flush();
  }

  private void endThinking(long dueNs) {
    EchoConnection connection = thinking.remove();
    long nowNs = System.nanoTime();
    if (maySend(nowNs) && connection.takesMessages()) {
      recorderFor(dueNs).record(LatencyKind.LAG, nowNs - dueNs);
      connection.offer(dueNs, nowNs, depth);
      connection.flush();
    }
  }

  private void retire(EchoConnection connection, long nowNs) {
    connections.retire(connection, nowNs);
    settle(connection, nowNs);
  }

  /** What waited for a connection that is gone goes to others; what was under way has no answer. */
  private void settle(EchoConnection gone, long nowNs) {
    counters.add(Counter.UNANSWERED_AT_END, gone.takeUnderWay());
    while (gone.messagesWaiting() > 0) {
      offerToNext(gone.takeWaiting(), nowNs);
    }
  }

  private EchoConnection newConnection(int slot) {
    int id = index + connectionsMade * plan.eventLoops();
    connectionsMade++;
    return new EchoConnection(id, slot, firstLifetimeNs(slot), this);
  }

  /** The first connection of a slot gets a part of a life, so that not all end at once. */
  private long firstLifetimeNs(int slot) {
    long lifetimeNs = plan.life().lifetime().toNanos();
    boolean first = connectionsMade * (long) plan.eventLoops() <= plan.connections();
    double part = first ? (slot + 1.0) * plan.eventLoops() / plan.connections() : 1;
    return (long) Math.ceil(lifetimeNs * Math.min(1, part));
  }

  private static long scanPeriodNs(LoadPlan plan) {
    long periodNs = Math.clamp(plan.replyTimeout().toNanos() / 10, 1_000_000L, 250_000_000L);
    return plan.life().hasLifetime()
        ? Math.clamp(plan.life().lifetime().toNanos() / 10, 1_000_000L, periodNs)
        : periodNs;
  }
}
