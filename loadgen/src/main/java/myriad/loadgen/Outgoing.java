package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import myriad.results.Counter;

/** What goes out on one connection, gathered until it is flushed. Lives on its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // failures reach the connection as a handler
final class Outgoing {

  private final Channel channel;
  private final int connection;
  private final MessageSource messages;
  private final LoopCounters counters;
  private long nextSequence;
  private int unflushed;
  private boolean written;

  /**
   * Nothing yet.
   *
   * @param connection its id
   */
  Outgoing(Channel channel, int connection, MessageSource messages, LoopCounters counters) {
    this.channel = channel;
    this.connection = connection;
    this.messages = messages;
    this.counters = counters;
  }

  /** Writes the next message. */
  void writeMessage() {
    counters.increment(Counter.MESSAGES_SENT);
    write(messages.message(channel.alloc(), connection, nextSequence++), true);
  }

  /** Writes what precedes all messages. */
  void write(FirstMessage first) {
    write(first.message(channel.alloc()), first.isAnswered());
  }

  /** Messages that a reply is expected to, and that are written but not flushed. */
  int unflushed() {
    return unflushed;
  }

  /** Hands what was written to the kernel. */
  void flush() {
    if (written) {
      written = false;
      unflushed = 0;
      channel.flush();
    }
  }

  /** Closes the connection, if it is open. */
  void close() {
    if (channel.isOpen()) {
      channel.close();
    }
  }

  private void write(ByteBuf bytes, boolean answered) {
    counters.add(Counter.BYTES_SENT, bytes.readableBytes());
    channel.write(bytes, channel.voidPromise());
    written = true;
    if (answered) {
      unflushed++;
    }
  }
}
