package myriad.loadgen;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import myriad.loadgen.EchoConnection.State;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop: opens them by the ramp, replaces those whose life is over, and
 * counts how they fare. Each has a slot, which a replacement takes over. Every method runs on the
 * event loop.
 */
final class ConnectionPool {

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

  /** Those that take messages of the load, in no order: a connection knows its place. */
  private final List<EchoConnection> taking = new ArrayList<>();

  /** Of connections whose life is over. */
  private final DueSlots spent = new DueSlots();

  /** Of connections that failed or were lost, which pause. */
  private final DueSlots broken = new DueSlots();

  private ArrivalSchedule connects = ArrivalSchedule.nothing();
  private boolean closing;
  private int attempted;
  private int connecting;
  private int open;
  private int served;
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
    this.dialer = Dialer.of(plan, eventLoop);
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
    return Math.min(ramp, Math.min(spent.nextNs(), broken.nextNs()));
  }

  /** Opens connections that are due by {@code nowNs}: as many as may be under way, and no more. */
  void openDue(long nowNs) {
    for (int begun = 0; begun < MOST_CONNECTING && nextDueNs() <= nowNs; begun++) {
      if (spent.nextNs() <= nowNs) {
        reopen(spent.remove());
      } else if (broken.nextNs() <= nowNs) {
        reopen(broken.remove());
      } else {
        connects.advance();
        slots.add(open(slots.size()));
      }
      publish();
    }
  }

  /** Those that take messages take turns: the next one; null if there is none. */
  @Nullable EchoConnection next() {
    if (taking.isEmpty()) {
      return null;
    }
    turn = turn + 1 < taking.size() ? turn + 1 : 0;
    return taking.get(turn);
  }

  /** Any of those that take messages; null if there is none. */
  @Nullable EchoConnection any(SplittableRandom random) {
    return taking.isEmpty() ? null : taking.get(random.nextInt(taking.size()));
  }

  /** The connections that were begun, by their slots. */
  List<EchoConnection> slots() {
    return slots;
  }

  /** A connect that was under way succeeded. */
  void connected() {
    connecting--;
    open++;
    publish();
  }

  /** The first echo came back on a connection. */
  void firstServed(EchoConnection connection) {
    served++;
    admit(connection);
    publish();
  }

  /** From now on a connection takes messages of the load, unless its life is spoken for. */
  void admit(EchoConnection connection) {
    Workload work = connection.work();
    if (!work.takesMessages() && work.mayCarryMore()) {
      work.setPlace(taking.size());
      taking.add(connection);
    }
  }

  /** A connection takes no further messages. */
  void withdraw(EchoConnection connection) {
    int place = connection.work().place();
    if (place == Workload.NOWHERE) {
      return;
    }
    connection.work().setPlace(Workload.NOWHERE);
    EchoConnection last = taking.removeLast();
    if (last != connection) {
      taking.set(place, last);
      last.work().setPlace(place);
    }
  }

  /** The life of a connection is over, and nothing is under way on it: another takes its place. */
  void retire(EchoConnection connection, long nowNs) {
    if (leave(connection) && !closing) {
      spent.add(connection.slot(), nowNs);
    }
    connection.close();
  }

  /**
   * The connection ended, and {@code kind} says how.
   *
   * @param example what the system said of it
   * @return whether it was lost, and not closed by the load itself
   */
  boolean ended(EchoConnection connection, Counter kind, Supplier<String> example) {
    if (!lose(connection)) {
      return false;
    }
    counters.error(kind, 1, connection.id(), example);
    if (plan.life().reconnect()) {
      broken.add(connection.slot(), System.nanoTime() + RECONNECT_PAUSE_NS);
    }
    return true;
  }

  /** A reply on the connection is overdue, which was counted: another takes its place. */
  void abandon(EchoConnection connection, long nowNs) {
    if (lose(connection)) {
      broken.add(connection.slot(), nowNs + RECONNECT_PAUSE_NS);
    }
    connection.close();
  }

  private boolean lose(EchoConnection connection) {
    boolean wasServed = connection.state() == State.SERVED;
    if (!leave(connection) || closing) {
      return false;
    }
    if (wasServed) {
      lost++;
    } else {
      failed++;
    }
    publish();
    return true;
  }

  /** Closes every connection, and replaces none from now on. */
  void closeAll() {
    closing = true;
    stopConnecting();
    spent.clear();
    broken.clear();
    slots.forEach(EchoConnection::close);
  }

  /** Takes a connection out of the counts; false if it was out already. */
  private boolean leave(EchoConnection connection) {
    State before = connection.state();
    switch (before) {
      case CONNECTING -> connecting--;
      case CONNECTED -> open--;
      case SERVED -> {
        open--;
        served--;
      }
      case GONE -> {
        return false;
      }
    }
    withdraw(connection);
    connection.gone();
    publish();
    return true;
  }

  private void publish() {
    status = new ConnectStatus(attempted, slots.size(), connecting, open, served, failed, lost);
  }

  private void reopen(int slot) {
    slots.set(slot, open(slot));
  }

  private EchoConnection open(int slot) {
    EchoConnection connection = newConnection.apply(slot);
    attempted++;
    connecting++;
    try {
      connection.connect(dialer.newWire(connection.id(), connection));
    } catch (RuntimeException cannotOpenSocket) {
      connection.failed(cannotOpenSocket);
    }
    return connection;
  }
}
