package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the load: sends messages, has what comes back compared, and records how long it
 * took. Lives on one event loop and is touched by no other thread.
 *
 * <p>TCP keeps order, so replies are matched to messages first in, first out.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures reach exceptionCaught or channelInactive
final class EchoConnection extends ChannelInboundHandlerAdapter {

  /** Where a connection stands. */
  enum State {
    CONNECTING,
    /** Connected; its first message is under way. Nothing proves yet that the target serves it. */
    CONNECTED,
    /** At least one echo came back. */
    SERVED,
    GONE
  }

  private static final int MOST_BYTES_SHOWN = 16;

  private final int id;
  private final int slot;
  private final long lifetimeNs;
  private final LoadLoop loop;
  private final MessageSource messages;
  private final LoopCounters counters;
  private ReplyReader replies;

  /** Intended and actual send time of every message under way, in turns. */
  private final LongRing underWay = new LongRing();

  /** Intended send times of messages that wait for this connection; null until one had to. */
  private @Nullable LongRing waiting;

  private @Nullable Channel channel;
  private State state = State.CONNECTING;
  private long connectStartNs;
  private long nextSequence;
  private long firstByteNs;
  private int countedAsTimedOut;
  private int unflushed;
  private boolean opening;
  private boolean retiring;
  private int carried;
  private int servedPlace;

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
    this.lifetimeNs = lifetimeNs;
    this.loop = loop;
    this.messages = loop.messages();
    this.counters = loop.counters();
    this.replies = messages.newReader(id);
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

  /** Its place among the connections that are being served, kept for their pool. */
  int servedPlace() {
    return servedPlace;
  }

  void setServedPlace(int place) {
    servedPlace = place;
  }

  /** Whether its time to live has passed, and {@link #retire} was not called yet. */
  boolean isExpired(long nowNs) {
    return lifetimeNs > 0
        && state == State.SERVED
        && !retiring
        && nowNs - connectStartNs >= lifetimeNs;
  }

  /** Its life is over: nothing new is sent on it. */
  void retire() {
    retiring = true;
  }

  /** Whether it takes further messages: its life is not over, nor spoken for. */
  boolean takesMessages() {
    return state == State.SERVED
        && !retiring
        && !loop.plan().life().isOverAfter((long) carried + messagesWaiting());
  }

  /** Whether its life is over, and nothing is left to be done on it. */
  boolean isSpent() {
    return messagesUnderWay() == 0
        && (retiring || (messagesWaiting() == 0 && loop.plan().life().isOverAfter(carried)));
  }

  void connectStarted(Channel channel, long nowNs) {
    this.channel = channel;
    this.connectStartNs = nowNs;
  }

  /** Nothing further is expected of it; {@link #close} still closes it if it is open. */
  void gone() {
    state = State.GONE;
  }

  int messagesUnderWay() {
    return underWay.size() / 2;
  }

  /** Forgets the messages under way, which will have no answer; how many there were. */
  int takeUnderWay() {
    int messages = opening ? 0 : messagesUnderWay();
    while (!underWay.isEmpty()) {
      underWay.remove();
    }
    return messages;
  }

  int messagesWaiting() {
    return waiting == null ? 0 : waiting.size();
  }

  /** Closes the connection, if it is open. */
  void close() {
    if (channel != null && channel.isOpen()) {
      channel.close();
    }
  }

  /**
   * Sends a message, or lets it wait its turn if as many as allowed are under way.
   *
   * @param intendedNs when it was due
   */
  void offer(long intendedNs, long nowNs, int depth) {
    if (messagesUnderWay() < depth) {
      send(intendedNs, nowNs);
    } else {
      if (waiting == null) {
        waiting = new LongRing();
      }
      waiting.add(intendedNs);
    }
  }

  /** Takes out the message that has waited longest; when it was due. There must be one. */
  long takeWaiting() {
    if (waiting == null) {
      throw new IllegalStateException("nothing waits for connection " + id);
    }
    return waiting.remove();
  }

  /** Sends the message that has waited longest, if there is one. */
  void sendWaiting(long nowNs) {
    if (messagesWaiting() > 0) {
      send(takeWaiting(), nowNs);
    }
  }

  /** Writes to the socket what {@link #offer} left in the channel's buffer. */
  void flush() {
    if (unflushed > 0 && channel != null && state != State.GONE) {
      unflushed = 0;
      channel.flush();
    }
  }

  private void send(long intendedNs, long nowNs) {
    Channel open = channel;
    if (open == null || state == State.GONE) {
      return;
    }
    counters.increment(Counter.MESSAGES_SENT);
    if (loop.isLoading()) {
      carried++;
    }
    underWay.add(intendedNs);
    underWay.add(nowNs);
    unflushed++;
    write(open, messages.message(open.alloc(), id, nextSequence++));
  }

  private void write(Channel open, ByteBuf message) {
    counters.add(Counter.BYTES_SENT, message.readableBytes());
    open.write(message, open.voidPromise());
  }

  /** Counts, once each, the messages that were sent before {@code sentBeforeNs}. */
  void countTimeouts(long sentBeforeNs) {
    while (countedAsTimedOut < messagesUnderWay()
        && underWay.get(2 * countedAsTimedOut + 1) < sentBeforeNs) {
      countedAsTimedOut++;
      if (state == State.SERVED) {
        counters.error(
            Counter.REPLY_TIMED_OUT, 1, id, () -> "no whole echo within the reply timeout");
      }
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (loop.plan().tls().isEmpty()) {
      established(ctx);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
      return;
    }
    if (handshake.isSuccess()) {
      established(ctx);
    } else {
      loop.ended(this, TlsFailures.kind(handshake.cause()), TlsFailures.explain(handshake.cause()));
      ctx.close();
    }
  }

  private void established(ChannelHandlerContext ctx) {
    long nowNs = System.nanoTime();
    state = State.CONNECTED;
    loop.connected(nowNs - connectStartNs);
    FirstMessage first = loop.firstMessage();
    if (first == null) {
      send(nowNs, nowNs);
    } else {
      open(first, ctx.channel(), nowNs);
    }
    flush();
  }

  /** Sends what precedes all messages; and the first message too if that has no answer. */
  private void open(FirstMessage first, Channel open, long nowNs) {
    write(open, first.message(open.alloc()));
    if (first.isAnswered()) {
      opening = true;
      replies = first.newReader();
      underWay.add(nowNs);
      underWay.add(nowNs);
      unflushed++;
    } else {
      send(nowNs, nowNs);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      counters.add(Counter.BYTES_RECEIVED, in.readableBytes());
      received(in, System.nanoTime());
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush();
    loop.runDue(System.nanoTime());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    Counter kind = replies.isWithinReply() ? Counter.TRUNCATED : Counter.CLOSED_EARLY;
    loop.ended(
        this, kind, "end of stream, with %,d messages under way".formatted(messagesUnderWay()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    loop.ended(this, SocketFailures.ofOpenConnection(cause), SocketFailures.messageOf(cause));
    ctx.close();
  }

  /** What was read cannot answer messages that were not yet sent: that is surplus. */
  private void received(ByteBuf in, long nowNs) {
    int answerable = messagesUnderWay() - unflushed;
    while (in.isReadable()) {
      if (answerable == 0) {
        counters.error(Counter.SURPLUS, in.readableBytes(), id, () -> "bytes " + hexOf(in));
        return;
      }
      if (!replies.isWithinReply()) {
        firstByteNs = nowNs;
      }
      if (replies.read(in)) {
        answerable--;
        replyReceived(nowNs);
      }
    }
  }

  /** The first bytes that are left in {@code in}. */
  private static String hexOf(ByteBuf in) {
    int shown = Math.min(MOST_BYTES_SHOWN, in.readableBytes());
    return ByteBufUtil.hexDump(in, in.readerIndex(), shown)
        + (shown < in.readableBytes() ? "…" : "");
  }

  private void replyReceived(long nowNs) {
    Counter fault = replies.fault();
    if (countedAsTimedOut > 0) {
      countedAsTimedOut--;
      counters.increment(Counter.LATE);
    }
    long intendedNs = underWay.remove();
    long sentNs = underWay.remove();
    if (fault != null) {
      counters.error(fault, 1, id, replies::example);
    }
    if (opening) {
      opened(nowNs);
      return;
    }
    if (fault == null) {
      record(intendedNs, sentNs, nowNs);
    }
    boolean first = state == State.CONNECTED;
    state = State.SERVED;
    loop.echoed(this, first, fault == null, nowNs);
  }

  private void record(long intendedNs, long sentNs, long nowNs) {
    counters.increment(Counter.MESSAGES_ECHOED);
    LatencyRecorder recorder = loop.recorderFor(intendedNs);
    recorder.record(LatencyKind.SERVICE, nowNs - sentNs);
    recorder.record(LatencyKind.RESPONSE, nowNs - intendedNs);
    recorder.record(LatencyKind.FIRST_BYTE, firstByteNs - sentNs);
  }

  private void opened(long nowNs) {
    opening = false;
    replies = messages.newReader(id);
    send(nowNs, nowNs);
  }
}
