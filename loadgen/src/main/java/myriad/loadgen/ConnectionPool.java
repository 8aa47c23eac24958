package myriad.loadgen;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import myriad.loadgen.EchoConnection.State;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop: opens them by the ramp, replaces those whose life is over, and
 * counts how they fare. Each has a slot, which a replacement takes over. Every method runs on the
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a listener hears of failures
final class ConnectionPool implements Iterable<EchoConnection> {

  /**
   * Connects under way at once, so that a ramp without a rate does not overrun a listen backlog.
   */
  private static final int MOST_CONNECTING = 256;

  /** A connection that was lost is not replaced sooner, so that a dead target is not hammered. */
  private static final long RECONNECT_PAUSE_NS = 100_000_000L;

  private final LoadPlan plan;
  private final LoopCounters counters;
  private final int loop;
  private final int share;
  private final Function<Integer, EchoConnection> newConnection;
  private final Dialer dialer;
  private final List<EchoConnection> slots;

  /** Those that are being served, in no order: a connection knows its place. */
  private final List<EchoConnection> served = new ArrayList<>();

  private final ArrayDeque<EchoConnection> toReplace = new ArrayDeque<>();
  private final LongRing replaceAtNs = new LongRing();

  private ArrivalSchedule connects = ArrivalSchedule.nothing();
  private boolean closing;
  private int attempted;
  private int connecting;
  private int open;
  private long failed;
  private long lost;
  private int turn;
  private volatile ConnectStatus status = ConnectStatus.NONE;

  /**
   * The share of one loop.
   *
   * @param loop which loop this is, from 0, of {@code plan.eventLoops()}
   * @param newConnection makes the connection of a slot, before it is opened
   */
  ConnectionPool(
      LoadPlan plan,
      EventLoop eventLoop,
      LoopCounters counters,
      int loop,
      Function<Integer, EchoConnection> newConnection) {
    this.plan = plan;
    this.counters = counters;
    this.loop = loop;
    this.share =
        plan.connections() / plan.eventLoops()
            + (loop < plan.connections() % plan.eventLoops() ? 1 : 0);
    this.newConnection = newConnection;
    this.dialer = new Dialer(plan, eventLoop);
    this.slots = new ArrayList<>(share);
  }

  /** Begins to open the connections, at the planned rate from {@code startNs}. */
  void startConnecting(long startNs) {
    connects = plan.ramp().schedule(startNs, loop, plan.eventLoops());
  }

  /** Gives up on connections that were not begun yet. */
  void stopConnecting() {
    connects = ArrivalSchedule.nothing();
  }

  /** How the connections stand. May be called by any thread. */
  ConnectStatus status() {
    return status;
  }

  /** When {@link #openDue} has something to do. */
  long nextDueNs() {
    if (connecting >= MOST_CONNECTING) {
      return ArrivalSchedule.NEVER;
    }
    long ramp = slots.size() < share ? connects.dueNs() : ArrivalSchedule.NEVER;
    return replaceAtNs.isEmpty() ? ramp : Math.min(ramp, replaceAtNs.get(0));
  }

  /** Opens every connection that is due by {@code nowNs}. */
  void openDue(long nowNs) {
    while (nextDueNs() <= nowNs) {
      if (!replaceAtNs.isEmpty() && replaceAtNs.get(0) <= nowNs) {
        replaceAtNs.remove();
        EchoConnection replaced = toReplace.remove();
        slots.set(replaced.slot(), open(replaced.slot()));
      } else {
        connects.advance();
        slots.add(open(slots.size()));
      }
    }
  }

  /** The next connection in turn that takes messages; null if there is none. */
  @Nullable EchoConnection nextTakingMessages() {
    for (int tried = 0; tried < served.size(); tried++) {
      turn = turn + 1 < served.size() ? turn + 1 : 0;
      EchoConnection connection = served.get(turn);
      if (connection.takesMessages()) {
        return connection;
      }
    }
    return null;
  }

  /** A connect that was under way succeeded. */
  void connected() {
    connecting--;
    open++;
    publish();
  }

  /** The first echo came back on a connection. */
  void firstServed(EchoConnection connection) {
    connection.setServedPlace(served.size());
    served.add(connection);
    publish();
  }

  /** The life of a connection is over, and nothing is under way on it: another takes its place. */
  void retire(EchoConnection connection, long nowNs) {
    if (leave(connection)) {
      replace(connection, nowNs);
    }
    connection.close();
  }

  /**
   * The connection ended, and {@code kind} says how.
   *
   * @param example what the system said of it
   * @return whether it was lost, and not closed by the load itself
   */
  boolean ended(EchoConnection connection, Counter kind, String example) {
    boolean wasServed = connection.state() == State.SERVED;
    if (!leave(connection) || closing) {
      return false;
    }
    counters.error(kind, 1, connection.id(), () -> example);
    if (wasServed) {
      lost++;
    } else {
      failed++;
    }
    publish();
    if (plan.life().reconnect()) {
      replace(connection, System.nanoTime() + RECONNECT_PAUSE_NS);
    }
    return true;
  }

  /** Closes every connection, and replaces none from now on. */
  void closeAll() {
    closing = true;
    stopConnecting();
    toReplace.clear();
    while (!replaceAtNs.isEmpty()) {
      replaceAtNs.remove();
    }
    slots.forEach(EchoConnection::close);
  }

  @Override
  public Iterator<EchoConnection> iterator() {
    return slots.iterator();
  }

  /** Takes a connection out of the counts; false if it was out already. */
  private boolean leave(EchoConnection connection) {
    State before = connection.state();
    switch (before) {
      case CONNECTING -> connecting--;
      case CONNECTED -> open--;
      case SERVED -> {
        open--;
        removeServed(connection);
      }
      case GONE -> {
        return false;
      }
    }
    connection.gone();
    publish();
    return true;
  }

  private void removeServed(EchoConnection connection) {
    EchoConnection last = served.removeLast();
    if (last != connection) {
      served.set(connection.servedPlace(), last);
      last.setServedPlace(connection.servedPlace());
    }
  }

  private void publish() {
    status = new ConnectStatus(attempted, connecting, open, served.size(), failed, lost);
  }

  private void replace(EchoConnection connection, long atNs) {
    if (!closing) {
      toReplace.add(connection);
      replaceAtNs.add(replaceAtNs.isEmpty() ? atNs : Math.max(atNs, lastReplaceAtNs()));
    }
  }

  private long lastReplaceAtNs() {
    return replaceAtNs.get(replaceAtNs.size() - 1);
  }

  private EchoConnection open(int slot) {
    EchoConnection connection = newConnection.apply(slot);
    attempted++;
    connecting++;
    publish();
    try {
      dialer
          .connect(connection.id(), connection)
          .addListener(
              future -> {
                if (!future.isSuccess()) {
                  failed(connection, future.cause());
                }
              });
    } catch (RuntimeException cannotOpenSocket) {
      failed(connection, cannotOpenSocket);
    }
    return connection;
  }

  private void failed(EchoConnection connection, Throwable cause) {
    ended(connection, SocketFailures.ofConnect(cause), SocketFailures.messageOf(cause));
  }
}
