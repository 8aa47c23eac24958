package myriad.server.variants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.IntFunction;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/**
 * The echo of a {@link SelectorLoop}: reads from some connections, then writes to all of them, and
 * so on. Reading and writing are two long ways through the kernel. Taken in turns, message for
 * message, each puts the other's code out of the processor's caches; server-variants/PROFILE.md has
 * what it costs. Used by one thread.
 */
final class EchoBatch {

  /** From here on more gains nothing, and the first peer would wait for the last. */
  private static final int MOST_MESSAGES = 16;

  private final int bufferBytes;
  private final ByteBuffer received;
  private final ServerCounters counters;
  private final IntFunction<ByteBuffer> allocator;
  private final SelectionKey[] keys = new SelectionKey[MOST_MESSAGES];
  private final int[] ends = new int[MOST_MESSAGES];
  private int messages;

  /**
   * @param bufferBytes the most that is read from a connection before others have their turn
   * @param allocator of what peers leave; may be out of memory
   * @throws IOException if there is no memory for the buffer
   */
  EchoBatch(int bufferBytes, ServerCounters counters, IntFunction<ByteBuffer> allocator)
      throws IOException {
    this.bufferBytes = bufferBytes;
    this.received = NonBlockingEcho.allocate(Math.multiplyExact(2, bufferBytes));
    this.counters = counters;
    this.allocator = allocator;
  }

  /**
   * Reads what has arrived on the connection of {@code key}; it is echoed by the next {@link
   * #write}, before which the connection is not to be read from again.
   *
   * @throws IOException if the read failed
   */
  void read(SelectionKey key) throws IOException {
    int begin = received.position();
    int bytes = ((SocketChannel) key.channel()).read(received.limit(begin + bufferBytes));
    if (bytes < 0) {
      close(key, CloseKind.PEER_FINISHED);
    } else if (bytes > 0) {
      counters.bytesIn(bytes);
      keys[messages] = key;
      ends[messages] = begin + bytes;
      messages++;
      if (messages == MOST_MESSAGES || received.capacity() - ends[messages - 1] < bufferBytes) {
        write();
      }
    }
  }

  /**
   * Writes what was read. What a peer does not take is attached to its key, which then waits for
   * the peer to take it; a connection whose write fails, or for whose rest there is no memory, is
   * closed.
   */
  void write() {
    int begin = 0;
    for (int i = 0; i < messages; i++) {
      write(keys[i], received.limit(ends[i]).position(begin));
      begin = ends[i];
    }
    messages = 0;
    received.clear();
  }

  private void write(SelectionKey key, ByteBuffer message) {
    try {
      counters.bytesOut(((SocketChannel) key.channel()).write(message));
      if (message.hasRemaining()) {
        counters.backPressurePaused();
        key.attach(allocator.apply(message.remaining()).put(message).flip());
        key.interestOps(SelectionKey.OP_WRITE);
      }
    } catch (IOException | OutOfMemoryError failure) {
      close(key, SocketFailures.closeKind(failure));
    }
  }

  /** Writes what a peer had left; from when it has taken all, its connection is read from again. */
  void writeUntaken(SelectionKey key, ByteBuffer untaken) throws IOException {
    counters.bytesOut(((SocketChannel) key.channel()).write(untaken));
    if (!untaken.hasRemaining()) {
      key.attach(null);
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  /** Closes the connection of {@code key}. */
  void close(SelectionKey key, CloseKind kind) {
    Closing.quietly(key.channel());
    counters.closed(kind);
  }
}
