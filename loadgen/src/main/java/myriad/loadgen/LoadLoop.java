package myriad.loadgen;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import org.jspecify.annotations.Nullable;

/**
 * The share of a run that one event loop carries: its connections, its part of the schedule, its
 * recorders. Every method runs on that event loop; the run's own thread reaches it by tasks.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a listener or the void promise hears of failures
final class LoadLoop implements PacedIoHandler.Pacer {

  /**
   * Connects under way at once, so that a ramp without a rate does not overrun a listen backlog.
   */
  private static final int MOST_CONNECTING = 256;

  private static final long NEVER = ArrivalSchedule.NEVER;
  private static final WriteBufferWaterMark UNLIMITED_WRITES =
      new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE);

  private final LoadPlan plan;
  private final EventLoop eventLoop;
  private final int index;
  private final int share;
  private final EchoFrame frame;
  private final LoopCounters counters = new LoopCounters();
  private final List<EchoConnection> connections;
  private final ReflectiveChannelFactory<Channel> channels;
  private final int depth;
  private final long timeoutScanNs;

  private final ArrayDeque<EchoConnection> thinking = new ArrayDeque<>();
  private final LongRing thinkingUntil = new LongRing();

  private LatencyRecorder measured = new LatencyRecorder();
  private LatencyRecorder outside = new LatencyRecorder();
  private ArrivalSchedule connects = ArrivalSchedule.nothing();
  private ArrivalSchedule messages = ArrivalSchedule.nothing();
  private long nextTimeoutScanNs;
  private LoadWindow window = LoadWindow.NOT_YET;
  private boolean loading;
  private boolean closing;
  private int connecting;
  private int open;
  private int served;
  private long failed;
  private long lost;
  private long echoedInWindow;
  private long echoed;
  private int turn;

  /**
   * A loop's share of {@code plan}.
   *
   * @param index which loop this is, from 0, of {@code plan.eventLoops()}
   */
  LoadLoop(LoadPlan plan, EventLoop eventLoop, int index) {
    this.plan = plan;
    this.eventLoop = eventLoop;
    this.index = index;
    this.share =
        plan.connections() / plan.eventLoops()
            + (index < plan.connections() % plan.eventLoops() ? 1 : 0);
    this.frame = new EchoFrame(plan.messageBytes());
    this.connections = new ArrayList<>(share);
    this.channels = new ReflectiveChannelFactory<>(plan.transport().channelType());
    this.depth = plan.pipelineDepth();
    this.timeoutScanNs = Math.clamp(plan.replyTimeout().toNanos() / 10, 1_000_000L, 250_000_000L);
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  int index() {
    return index;
  }

  EchoFrame frame() {
    return frame;
  }

  LoopCounters counters() {
    return counters;
  }

  boolean verifies() {
    return plan.verify();
  }

  /**
   * Begins to open this loop's share of the connections, at the planned rate from {@code startNs}.
   */
  void startConnecting(long startNs) {
    connects =
        plan.connectsPerSecond() == Double.POSITIVE_INFINITY
            ? ArrivalSchedule.atOnce(startNs)
            : new ProfileSchedule(
                RateProfile.constant(plan.connectsPerSecond()),
                Arrivals.Spacing.EVEN,
                0,
                startNs,
                NEVER,
                index,
                plan.eventLoops());
  }

  /** Gives up on connections that were not begun yet. */
  void stopConnecting() {
    connects = ArrivalSchedule.nothing();
  }

  /** Begins to send messages, from the start of {@code window} to its end. */
  void startLoading(LoadWindow window) {
    this.window = window;
    loading = true;
    long nowNs = System.nanoTime();
    switch (plan.arrivals()) {
      case Arrivals.ClosedLoop closed ->
          connections.stream()
              .filter(connection -> connection.state() == EchoConnection.State.SERVED)
              .forEach(connection -> fillPipeline(connection, nowNs));
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
    closing = true;
    stopConnecting();
    stopLoading();
    for (EchoConnection connection : connections) {
      if (connection.state() == EchoConnection.State.CONNECTED) {
        counters.increment(Counter.NEVER_SERVED);
      } else {
        counters.add(Counter.UNANSWERED_AT_END, connection.messagesUnderWay());
      }
      counters.add(Counter.UNSENT_AT_END, connection.messagesWaiting());
    }
    connections.forEach(EchoConnection::close);
  }

  /** Where latencies of a message belong that was due at {@code intendedNs}. */
  LatencyRecorder recorderFor(long intendedNs) {
    return window.measures(intendedNs) ? measured : outside;
  }

  /** A connection was established. */
  void connected(long tookNs, long nowNs) {
    connecting--;
    open++;
    recorderFor(nowNs).record(LatencyKind.CONNECT, tookNs);
  }

  /** A whole message came back on {@code connection}, the first of it or a later one. */
  void echoed(EchoConnection connection, boolean first, boolean whole, long nowNs) {
    if (first) {
      served++;
    }
    if (whole) {
      echoed++;
      if (window.measures(nowNs)) {
        echoedInWindow++;
      }
    }
    if (connection.messagesWaiting() > 0) {
      connection.sendWaiting(nowNs);
    } else if (loading
        && plan.arrivals() instanceof Arrivals.ClosedLoop closed
        && nowNs < window.measureUntilNs()) {
      sendNextOf(closed, connection, first, nowNs);
    }
  }

  /** The connection ended, and it was not this loop that ended it; {@code kind} says how. */
  void ended(EchoConnection connection, Counter kind) {
    EchoConnection.State before = connection.state();
    if (before == EchoConnection.State.GONE) {
      return;
    }
    connection.gone();
    if (before == EchoConnection.State.CONNECTING) {
      connecting--;
      failed++;
      counters.increment(kind);
      return;
    }
    open--;
    if (before == EchoConnection.State.SERVED) {
      served--;
    }
    if (!closing) {
      lost++;
      counters.increment(kind);
    }
  }

  ConnectStatus status() {
    return new ConnectStatus(connections.size(), connecting, open, served, failed + lost);
  }

  /** Hands over the interval that ends now, and goes on with the given, empty recorders. */
  LoopSnapshot swap(LatencyRecorder nextMeasured, LatencyRecorder nextOutside) {
    LoopSnapshot snapshot =
        new LoopSnapshot(
            measured,
            outside,
            counters.copy(),
            counters.errors(),
            connections.size(),
            open,
            served,
            failed,
            lost,
            echoed,
            echoedInWindow);
    measured = nextMeasured;
    outside = nextOutside;
    return snapshot;
  }

  @Override
  public long nextDueNs() {
    long due = Math.min(messages.dueNs(), mayConnect() ? connects.dueNs() : NEVER);
    if (!thinkingUntil.isEmpty()) {
      due = Math.min(due, thinkingUntil.get(0));
    }
    return Math.min(due, nextTimeoutScanNs);
  }

  @Override
  public void runDue(long nowNs) {
    while (mayConnect() && connects.dueNs() <= nowNs) {
      connects.advance();
      connect();
    }
    while (messages.dueNs() <= nowNs) {
      long intendedNs = messages.dueNs();
      messages.advance();
      dispatch(intendedNs, System.nanoTime());
    }
    while (!thinkingUntil.isEmpty() && thinkingUntil.get(0) <= nowNs) {
      endThinking(thinkingUntil.remove());
    }
    if (nextTimeoutScanNs <= nowNs) {
      nextTimeoutScanNs = nowNs + timeoutScanNs;
      long sentBeforeNs = nowNs - plan.replyTimeout().toNanos();
      connections.forEach(connection -> connection.countTimeouts(sentBeforeNs));
    }
  }

  private boolean mayConnect() {
    return connections.size() < share && connecting < MOST_CONNECTING;
  }

  private void connect() {
    EchoConnection connection =
        new EchoConnection(index + connections.size() * plan.eventLoops(), this);
    connections.add(connection);
    connecting++;
    try {
      Channel channel = channels.newChannel();
      SocketChannelConfig config = (SocketChannelConfig) channel.config();
      config.setTcpNoDelay(true);
      // The adaptive allocator, Netty's default, makes 160 bytes of garbage a message of slices.
      config.setAllocator(PooledByteBufAllocator.DEFAULT);
      config.setConnectTimeoutMillis((int) plan.connectTimeout().toMillis());
      // The channel's own limits are out of the way: what is under way is bounded by the plan.
      config.setWriteBufferWaterMark(UNLIMITED_WRITES);
      channel.pipeline().addLast(connection);
      eventLoop.register(channel);
      connection.connectStarted(channel, System.nanoTime());
      channel
          .connect(plan.target())
          .addListener(
              future -> {
                if (!future.isSuccess()) {
                  ended(connection, SocketFailures.ofConnect(future.cause()));
                }
              });
    } catch (RuntimeException cannotOpenSocket) {
      ended(connection, SocketFailures.ofConnect(cannotOpenSocket));
    }
  }

  private void dispatch(long intendedNs, long nowNs) {
    recorderFor(intendedNs).record(LatencyKind.LAG, nowNs - intendedNs);
    EchoConnection connection = nextServed();
    if (connection == null) {
      counters.increment(Counter.UNSENT_AT_END);
      return;
    }
    connection.offer(intendedNs, nowNs, depth);
    connection.flush();
  }

  private @Nullable EchoConnection nextServed() {
    for (int tried = 0; tried < connections.size(); tried++) {
      turn = turn + 1 < connections.size() ? turn + 1 : 0;
      EchoConnection connection = connections.get(turn);
      if (connection.state() == EchoConnection.State.SERVED) {
        return connection;
      }
    }
    return null;
  }

  private void sendNextOf(
      Arrivals.ClosedLoop closed, EchoConnection connection, boolean first, long nowNs) {
    if (first) {
      fillPipeline(connection, nowNs);
    } else if (closed.think().isZero()) {
      connection.offer(nowNs, nowNs, depth);
    } else {
      thinking.add(connection);
      thinkingUntil.add(nowNs + closed.think().toNanos());
    }
  }

  private void fillPipeline(EchoConnection connection, long nowNs) {
    for (int i = connection.messagesUnderWay(); i < depth; i++) {
      connection.offer(nowNs, nowNs, depth);
    }
    connection.flush();
  }

  private void endThinking(long dueNs) {
    EchoConnection connection = thinking.poll();
    long nowNs = System.nanoTime();
    if (connection == null || !loading || nowNs >= window.measureUntilNs()) {
      return;
    }
    recorderFor(dueNs).record(LatencyKind.LAG, nowNs - dueNs);
    connection.offer(dueNs, nowNs, depth);
    connection.flush();
  }
}
