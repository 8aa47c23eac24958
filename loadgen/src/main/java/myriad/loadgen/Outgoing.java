package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import myriad.results.Counter;

/** What goes out on one connection, gathered until it is flushed. Lives on its event loop. */
final class Outgoing {

  /** What the kernel is given at once; more only takes memory. */
  private static final int LONG_BYTES = 64 * 1024;

  private final Wire wire;
  private final int connection;
  private final MessageSource messages;
  private final LoopCounters counters;
  private long nextSequence;
  private int unflushed;
  private int unflushedBytes;

  /**
   * Nothing yet.
   *
   * @param connection its id
   */
  Outgoing(Wire wire, int connection, MessageSource messages, LoopCounters counters) {
    this.wire = wire;
    this.connection = connection;
    this.messages = messages;
    this.counters = counters;
  }

  /** Writes the next message. */
  void writeMessage() {
    int size = messages.sizeOf(connection, nextSequence);
    ByteBuf out = wire.buffer(size);
    messages.write(out, connection, nextSequence++, size);
    written(out, size, true);
    counters.increment(Counter.MESSAGES_SENT);
  }

  /** Writes what precedes all messages. */
  void write(FirstMessage first) {
    ByteBuf out = wire.buffer(first.size());
    first.write(out);
    written(out, first.size(), first.isAnswered());
  }

  /** Messages that a reply is expected to, and that are written but not flushed. */
  int unflushed() {
    return unflushed;
  }

  /** Whether as much is written as is worth sending at once. */
  boolean isLong() {
    return unflushedBytes >= LONG_BYTES;
  }

  /** Hands what was written to the kernel. */
  void flush() {
    if (unflushedBytes > 0) {
      unflushedBytes = 0;
      unflushed = 0;
      wire.flush();
    }
  }

  /** Closes the connection, if it is open. */
  void close() {
    wire.close();
  }

  private void written(ByteBuf out, int bytes, boolean answered) {
    counters.add(Counter.BYTES_SENT, bytes);
    wire.write(out);
    unflushedBytes += bytes;
    if (answered) {
      unflushed++;
    }
  }
}
