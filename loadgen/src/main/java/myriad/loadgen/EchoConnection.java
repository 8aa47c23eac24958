package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the load: sends framed messages, compares what comes back, and records how long
 * it took. Lives on one event loop and is touched by no other thread.
 *
 * <p>TCP keeps order, so echoes are matched to messages first in, first out.
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

  private final int id;
  private final LoadLoop loop;
  private final EchoFrame frame;
  private final LoopCounters counters;

  /** Intended and actual send time of every message under way, in turns. */
  private final LongRing underWay = new LongRing();

  /** Intended send times of messages that wait for this connection; null until one had to. */
  private @Nullable LongRing waiting;

  private @Nullable Channel channel;
  private State state = State.CONNECTING;
  private long connectStartNs;
  private long nextSequence;
  private long expectedSequence;
  private int receivedOfFrame;
  private long firstByteNs;
  private boolean frameCorrupt;
  private int countedAsTimedOut;
  private boolean unflushed;

  EchoConnection(int id, LoadLoop loop) {
    this.id = id;
    this.loop = loop;
    this.frame = loop.frame();
    this.counters = loop.counters();
  }

  State state() {
    return state;
  }

  void connectStarted(Channel channel, long nowNs) {
    this.channel = channel;
    this.connectStartNs = nowNs;
  }

  /** The connect failed, or the connection ended; nothing further is expected of it. */
  void gone() {
    state = State.GONE;
    channel = null;
  }

  int messagesUnderWay() {
    return underWay.size() / 2;
  }

  int messagesWaiting() {
    return waiting == null ? 0 : waiting.size();
  }

  /** Closes the connection, if it is open. */
  void close() {
    if (channel != null) {
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

  /** Sends the message that has waited longest, if there is one and the target still reads. */
  void sendWaiting(long nowNs) {
    if (waiting != null && !waiting.isEmpty()) {
      send(waiting.remove(), nowNs);
    }
  }

  /** Writes to the socket what {@link #offer} left in the channel's buffer. */
  void flush() {
    if (unflushed && channel != null) {
      unflushed = false;
      channel.flush();
    }
  }

  private void send(long intendedNs, long nowNs) {
    Channel open = channel;
    if (open == null) {
      return;
    }
    ByteBuf message = open.alloc().directBuffer(frame.size(), frame.size());
    frame.write(message, id, nextSequence++);
    underWay.add(intendedNs);
    underWay.add(nowNs);
    counters.increment(Counter.MESSAGES_SENT);
    counters.add(Counter.BYTES_SENT, frame.size());
    unflushed = true;
    open.write(message, open.voidPromise());
  }

  /** Counts, once each, the messages that were sent before {@code sentBeforeNs}. */
  void countTimeouts(long sentBeforeNs) {
    while (countedAsTimedOut < messagesUnderWay()
        && underWay.get(2 * countedAsTimedOut + 1) < sentBeforeNs) {
      countedAsTimedOut++;
      if (state == State.SERVED) {
        counters.increment(Counter.REPLY_TIMED_OUT);
      }
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    long nowNs = System.nanoTime();
    state = State.CONNECTED;
    loop.connected(nowNs - connectStartNs, nowNs);
    send(nowNs, nowNs);
    flush();
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
    loop.ended(this, Counter.CLOSED_EARLY);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    loop.ended(this, SocketFailures.ofOpenConnection(cause));
    ctx.close();
  }

  private void received(ByteBuf in, long nowNs) {
    while (in.isReadable()) {
      if (underWay.isEmpty()) {
        counters.add(Counter.SURPLUS, in.readableBytes());
        return;
      }
      if (receivedOfFrame == 0) {
        firstByteNs = nowNs;
      }
      int part = Math.min(in.readableBytes(), frame.size() - receivedOfFrame);
      if (loop.verifies() && !frameCorrupt) {
        frameCorrupt =
            !frame.matches(in, in.readerIndex(), receivedOfFrame, part, id, expectedSequence);
      }
      in.skipBytes(part);
      receivedOfFrame += part;
      if (receivedOfFrame == frame.size()) {
        frameReceived(nowNs);
      }
    }
  }

  private void frameReceived(long nowNs) {
    boolean corrupt = frameCorrupt;
    receivedOfFrame = 0;
    frameCorrupt = false;
    expectedSequence++;
    countedAsTimedOut = Math.max(0, countedAsTimedOut - 1);
    long intendedNs = underWay.remove();
    long sentNs = underWay.remove();
    if (corrupt) {
      counters.increment(Counter.CORRUPT);
    } else {
      counters.increment(Counter.MESSAGES_ECHOED);
      LatencyRecorder recorder = loop.recorderFor(intendedNs);
      recorder.record(LatencyKind.SERVICE, nowNs - sentNs);
      recorder.record(LatencyKind.RESPONSE, nowNs - intendedNs);
      recorder.record(LatencyKind.FIRST_BYTE, firstByteNs - sentNs);
    }
    boolean first = state == State.CONNECTED;
    state = State.SERVED;
    loop.echoed(this, first, !corrupt, nowNs);
  }
}
