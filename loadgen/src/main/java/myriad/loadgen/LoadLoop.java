package myriad.loadgen;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Supplier;
import myriad.results.Counter;
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
  private final Measurements measurements = new Measurements();
  private final ConnectionPool connections;
  private final Dispatcher dispatcher;
  private final ClosedLoopDriver closedLoop;
  private final SlicedScan<EchoConnection> scan;
  private final long replyTimeoutNs;
  private boolean loading;
  private boolean closed;
  private @Nullable Throwable failure;

  /** All loops of the run, this one among them. */
  private List<LoadLoop> loops = List.of();

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
    this.connections =
        new ConnectionPool(
            plan, eventLoop, counters, index, new ConnectionMaker(this)::newConnection);
    this.dispatcher = new Dispatcher(plan, index, connections, counters, measurements);
    this.closedLoop = new ClosedLoopDriver(plan.pipelineDepth(), measurements);
    this.replyTimeoutNs = plan.replyTimeout().toNanos();
    this.scan = new SlicedScan<>(scanPeriodNs(plan), this::lookAt);
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

  /** Tells it of all loops of the run, before anything is opened. */
  void join(List<LoadLoop> loops) {
    this.loops = loops;
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

  Measurements measurements() {
    return measurements;
  }

  ConnectionPool connections() {
    return connections;
  }

  /**
   * Begins to send messages, from the start of {@code window} to its end.
   *
   * @param share which share of the schedule is this loop's, from 0; negative for none
   * @param shares how many loops share the schedule
   */
  void startLoading(LoadWindow window, int share, int shares) {
    measurements.begin(window);
    loading = true;
    switch (plan.arrivals()) {
      case Arrivals.ClosedLoop closed -> closedLoop.start(closed, connections.slots());
      case Arrivals.OpenLoop open -> {
        if (share >= 0) {
          dispatcher.start(
              new ProfileSchedule(
                  open.rate(),
                  open.spacing(),
                  open.seed(),
                  window.loadFromNs(),
                  window.measureUntilNs(),
                  share,
                  shares));
        }
      }
      case Arrivals.Idle idle -> {}
    }
  }

  /** Sends nothing new from now on; messages that were due already still go out in their turn. */
  void stopLoading() {
    loading = false;
    dispatcher.stop(System.nanoTime());
    closedLoop.stop();
  }

  /** Messages of the load that may still come back. */
  long unsettled() {
    return measurements.onConnections() + dispatcher.waiting();
  }

  /** Counts what will have no answer any more, and closes every connection. */
  void closeAll() {
    stopLoading();
    long nowNs = System.nanoTime();
    for (EchoConnection connection : connections.slots()) {
      boolean _ = connection.countTimeouts(nowNs - replyTimeoutNs);
      connection.giveUp(nowNs);
    }
    dispatcher.giveUp(nowNs);
    connections.closeAll();
    closed = true;
  }

  /** A connection can send its first message: a message of the load, where there is a load. */
  void opened(EchoConnection connection, long nowNs) {
    if (!measurements.haveBegun()) {
      connection.probe(nowNs);
      return;
    }
    switch (plan.arrivals()) {
      case Arrivals.ClosedLoop closed -> closedLoop.opened(connection, nowNs);
      case Arrivals.OpenLoop open -> {
        connections.admit(connection);
        dispatcher.serve(connection, nowNs);
      }
      case Arrivals.Idle idle -> {
        if (loading) {
          connection.probe(nowNs);
        }
      }
    }
  }

  /**
   * A whole reply came on {@code connection}, right or wrong.
   *
   * @param first whether it is the first of this connection
   */
  void answered(EchoConnection connection, boolean first, long nowNs) {
    if (first) {
      connections.firstServed(connection);
    }
    if (connection.work().isSpent() && (loading || dispatcher.waiting() > 0)) {
      retire(connection, nowNs);
    } else if (connection.work().waiting() > 0) {
      connection.sendWaiting(nowNs);
    } else {
      closedLoop.answered(connection, first, nowNs);
      dispatcher.serve(connection, nowNs);
    }
  }

  /**
   * The connection ended, and it was not the load that ended it.
   *
   * @param kind how
   * @param example what the system said of it
   */
  void ended(EchoConnection connection, Counter kind, Supplier<String> example) {
    if (connections.ended(connection, kind, example)) {
      settle(connection, System.nanoTime());
    }
  }

  /** A fault of Myriad's own, which ends the run when the loop is asked next. */
  @Override
  public void failed(Throwable fault) {
    if (failure == null) {
      failure = fault;
    }
  }

  /** Throws if there was a fault of Myriad's own. */
  void requireHealth() {
    if (failure != null) {
      throw new IllegalStateException("a connection of the generator failed", failure);
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
    return measurements.swap(nextMeasured, nextOutside, counters, connections.status());
  }

  @Override
  public long nextDueNs() {
    return Math.min(
        Math.min(dispatcher.nextDueNs(), connections.nextDueNs()),
        Math.min(closedLoop.nextDueNs(), scan.nextDueNs()));
  }

  @Override
  public void endRound() {
    measurements.endRound();
  }

  @Override
  public void runDue(long nowNs) {
    connections.openDue(nowNs);
    dispatcher.runDue(nowNs);
    if (dispatcher.waiting() > 0 && loading && !status().canServe(plan.life())) {
      handOver();
    }
    closedLoop.runDue(nowNs);
    scan.runDue(nowNs, connections.slots());
  }

  /**
   * A connection was read, and others may be ready too. What is due at a time of its own does not
   * wait for them. Connections of a closed loop without pauses do, until enough have their reply.
   */
  void betweenReads() {
    if (plan.arrivals() instanceof Arrivals.OpenLoop) {
      dispatcher.runDue(System.nanoTime());
    } else {
      closedLoop.betweenReads();
    }
  }

  /** Connections of other loops take what is due here, as those of one loop do for each other. */
  private void handOver() {
    loops.stream()
        .filter(other -> other.status().canServe(plan.life()))
        .findFirst()
        .ifPresent(
            other -> {
              Dispatcher.Share share = dispatcher.handOver();
              other.eventLoop.execute(() -> other.takeOver(share));
            });
  }

  private void takeOver(Dispatcher.Share share) {
    try {
      long nowNs = System.nanoTime();
      dispatcher.takeOver(share, nowNs);
      if (measurements.haveBegun() && !loading) {
        dispatcher.stop(nowNs);
      }
      if (closed) {
        dispatcher.giveUp(nowNs);
      }
    } catch (RuntimeException | Error fault) {
      // Thrown on, only Netty's log would have it.
      failed(fault);
    }
  }

  /** Looks for what is told by the clock alone: replies that are overdue, lives that are over. */
  private void lookAt(EchoConnection connection, long nowNs) {
    boolean isStuck = connection.countTimeouts(nowNs - replyTimeoutNs);
    if (isStuck && loading && plan.life().reconnect()) {
      connections.abandon(connection, nowNs);
      connection.giveUpUnderWay(nowNs);
      settle(connection, nowNs);
      return;
    }
    if (loading
        && connection.isEstablished()
        && connection.work().isExpired(nowNs, measurements.window().loadFromNs())) {
      connection.work().retire();
      connections.withdraw(connection);
      if (connection.work().isSpent()) {
        retire(connection, nowNs);
      }
    }
  }

  private void retire(EchoConnection connection, long nowNs) {
    connections.retire(connection, nowNs);
    settle(connection, nowNs);
  }

  /** What waited for a connection that is gone goes to others; what was under way has no answer. */
  private void settle(EchoConnection gone, long nowNs) {
    gone.loseUnderWay();
    measurements.settled(gone.work().waiting());
    while (gone.work().waiting() > 0) {
      dispatcher.offer(gone.work().takeWaiting(), nowNs);
    }
  }

  private static long scanPeriodNs(LoadPlan plan) {
    long periodNs = Math.clamp(plan.replyTimeout().toNanos() / 10, 1_000_000L, 250_000_000L);
    return plan.life().hasLifetime()
        ? Math.clamp(plan.life().lifetime().toNanos() / 10, 1_000_000L, periodNs)
        : periodNs;
  }
}
