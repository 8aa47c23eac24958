package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the load: sends messages, has what comes back compared, and records how long it
 * took. Lives on one event loop and is touched by no other thread.
 *
 * <p>TCP keeps order, so right replies answer messages first in, first out.
 */
final class EchoConnection implements Wire.Listener {

  /** Where a connection stands. */
  enum State {
    CONNECTING,
    /** Connected. Nothing proves yet that the target serves it. */
    CONNECTED,
    /** At least one echo came back. */
    SERVED,
    GONE
  }

  private final int id;
  private final int slot;
  private final LoadLoop loop;
  private final LoopCounters counters;
  private final Measurements measurements;
  private final Workload work;
  private final MessagesUnderWay underWay;
  private final Incoming in;
  private @Nullable Outgoing out;
  private State state = State.CONNECTING;
  private long connectStartNs;
  private boolean underLoad;

  /** The first message that precedes all others is under way, and nothing else. */
  private boolean opening;

  /** A message that is none of the load's is under way, and nothing else. */
  private boolean probing;

  /**
   * A connection that is yet to be opened.
   *
   * @param id sent with every message; no other connection of the run has it
   * @param slot its place among the connections of its loop
   * @param lifetimeNs after which its life is over; 0 for no such end
   */
  EchoConnection(int id, int slot, long lifetimeNs, LoadLoop loop) {
    this.id = id;
    this.slot = slot;
    this.loop = loop;
    this.counters = loop.counters();
    this.measurements = loop.measurements();
    this.work = new Workload(loop.plan().life(), lifetimeNs);
    this.underWay = work.underWay();
    this.in = new Incoming(this, loop.messages().newReader(id), counters);
  }

  State state() {
    return state;
  }

  int id() {
    return id;
  }

  int slot() {
    return slot;
  }

  /** Whether it is open, and can carry messages of the load or has. */
  boolean isEstablished() {
    return state == State.SERVED || work.takesMessages();
  }

  /** What it carries of the load. */
  Workload work() {
    return work;
  }

  /** Begins to connect {@code wire}, which is its own from now on. */
  void connect(Wire wire) {
    out = new Outgoing(wire, id, loop.messages(), counters);
    connectStartNs = System.nanoTime();
    wire.connect();
  }

  /** Nothing further is expected of it; {@link #close} still closes it if it is open. */
  void gone() {
    state = State.GONE;
  }

  /** It is gone: what is under way will have no answer, and is counted so. */
  void loseUnderWay() {
    if (!opening) {
      counters.add(Counter.UNANSWERED_AT_END, underWay.size());
    }
    if (!opening && !probing) {
      measurements.lost(underWay);
    }
    underWay.clear();
  }

  /** It is closed, as a reply was overdue: what is under way took at least until now. */
  void giveUpUnderWay(long nowNs) {
    if (!opening) {
      counters.add(Counter.UNANSWERED_AT_END, underWay.size());
    }
    if (!opening && !probing) {
      measurements.settled(underWay.size());
      measurements.neverCameBack(underWay, nowNs);
    }
    underWay.clear();
  }

  /** The run ends: what has not come back never will, and is counted so. */
  void giveUp(long nowNs) {
    if (state == State.CONNECTING) {
      counters.increment(Counter.STILL_CONNECTING);
    } else if (state == State.CONNECTED && underWay.size() > 0) {
      counters.increment(Counter.NEVER_SERVED);
    }
    if (!opening && !probing) {
      counters.add(Counter.UNANSWERED_AT_END, underWay.size());
      counters.add(Counter.UNSENT_AT_END, work.waiting());
      measurements.neverCameBack(work, nowNs);
    }
  }

  /** Closes the connection, if it is open. */
  void close() {
    if (out != null) {
      out.close();
    }
  }

  /**
   * Sends a message of the load, or lets it wait its turn if as many as allowed are under way.
   *
   * @param intendedNs when it was due
   */
  void offer(long intendedNs, long nowNs, int depth) {
    measurements.unsettled();
    if (underWay.size() < depth) {
      work.carry();
      send(intendedNs, nowNs);
    } else {
      work.addWaiting(intendedNs);
    }
    if (!work.mayCarryMore()) {
      loop.connections().withdraw(this);
    }
  }

  /** Sends the message that has waited longest. There must be one. */
  void sendWaiting(long nowNs) {
    work.carry();
    send(work.takeWaiting(), nowNs);
  }

  /** Sends a message that is none of the load's, to see whether the target serves it. */
  void probe(long nowNs) {
    probing = true;
    send(nowNs, nowNs);
  }

  /** Hands to the kernel what {@link #offer} left behind. */
  void flush() {
    if (out != null && state != State.GONE) {
      out.flush();
    }
  }

  /** Likewise, once that is more than messages gain from being sent together. */
  void flushIfLong() {
    if (out != null && out.isLong()) {
      flush();
    }
  }

  private void send(long intendedNs, long nowNs) {
    if (out == null || state == State.GONE) {
      throw new IllegalStateException("connection %d cannot send: %s".formatted(id, state));
    }
    underWay.add(intendedNs, nowNs);
    out.writeMessage();
  }

  /**
   * Counts, once each, the messages that were sent before {@code sentBeforeNs}. Of a connection
   * that was opened before the load, and that the target does not serve, the end of the run tells.
   *
   * @return whether there were any
   */
  boolean countTimeouts(long sentBeforeNs) {
    if (state != State.SERVED && !underLoad) {
      return false;
    }
    int overdue = underWay.takeOverdue(sentBeforeNs);
    if (overdue > 0) {
      counters.error(
          Counter.REPLY_TIMED_OUT, overdue, id, () -> "no whole echo within the reply timeout");
    }
    return overdue > 0;
  }

  @Override
  public void connected() {
    long nowNs = System.nanoTime();
    state = State.CONNECTED;
    work.born(nowNs);
    underLoad = loop.isLoading();
    measurements.connected(nowNs - connectStartNs);
    loop.connections().connected();
    FirstMessage first = loop.firstMessage();
    if (first != null && out != null) {
      out.write(first);
      if (first.isAnswered()) {
        opening = true;
        in.expect(first.newReader());
        underWay.add(nowNs, nowNs);
      }
    }
    if (!opening) {
      loop.opened(this, nowNs);
    }
    flush();
  }

  @Override
  public void handshakeFailed(Throwable cause) {
    loop.ended(this, TlsFailures.kind(cause), () -> TlsFailures.explain(cause));
  }

  @Override
  public void received(ByteBuf bytes) {
    counters.add(Counter.BYTES_RECEIVED, bytes.readableBytes());
    int unflushed = out == null ? 0 : out.unflushed();
    long nowNs = System.nanoTime();
    measurements.beginRound(nowNs);
    in.read(bytes, underWay.size() - unflushed, nowNs);
  }

  @Override
  public void receivedAll() {
    flush();
    loop.betweenReads();
  }

  @Override
  public void ended() {
    Counter kind = in.isWithinReply() ? Counter.TRUNCATED : Counter.CLOSED_EARLY;
    int unanswered = underWay.size();
    loop.ended(
        this, kind, () -> "end of stream, with %,d messages under way".formatted(unanswered));
  }

  @Override
  public void failed(Throwable cause) {
    if (!SocketFailures.isOfConnection(cause)) {
      loop.failed(cause);
      return;
    }
    Counter kind =
        state == State.CONNECTING
            ? SocketFailures.ofConnect(cause)
            : SocketFailures.ofOpenConnection(cause);
    loop.ended(this, kind, () -> SocketFailures.messageOf(cause));
  }

  /** A whole reply came, as {@code reply} has read it. */
  void replied(ReplyReader reply, long nowNs) {
    int place = Math.min(reply.place(), underWay.size() - 1);
    Counter fault = reply.fault();
    if (fault != null) {
      counters.error(fault, 1, id, reply::example);
    } else if (underWay.isOverdue(place)) {
      counters.increment(Counter.LATE);
    }
    long intendedNs = underWay.intendedNs(place);
    long sentNs = underWay.sentNs(place);
    underWay.remove(place);
    if (opening) {
      opening = false;
      in.expect(loop.messages().newReader(id));
      loop.opened(this, nowNs);
      return;
    }
    boolean first = state == State.CONNECTED;
    state = State.SERVED;
    if (fault == null) {
      counters.increment(Counter.MESSAGES_ECHOED);
      measurements.cameBack(!probing, intendedNs, sentNs, in.firstByteNs(), nowNs);
    }
    if (!probing) {
      measurements.settled(1);
    }
    probing = false;
    loop.answered(this, first, nowNs);
  }
}
