package myriad.server.variants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.IntFunction;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/**
 * The echo of a {@link SelectorLoop}: reads from many connections, then writes to all of them, and
 * so on. Reading and writing are two long ways through the kernel. Taken in turns, message for
 * message, each puts the other's code out of the processor's caches, and both put out what the
 * selector and the channels are; server-variants/PROFILE.md has what it costs. Used by one thread.
 */
final class EchoBatch {

  /** From here on more gains nothing, and the first peer would wait for the last. */
  static final int MOST_CONNECTIONS = 128;

  private final int bufferBytes;
  private final ByteBuffer received;
  private final ServerCounters counters;
  private final IntFunction<ByteBuffer> allocator;
  private final SelectionKey[] ready = new SelectionKey[MOST_CONNECTIONS];
  private final SocketChannel[] channels = new SocketChannel[MOST_CONNECTIONS];
  private final int[] ends = new int[MOST_CONNECTIONS];
  private int connections;

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
   * Takes in the connection of {@code key}, which has something to read and is not in the batch
   * yet; a batch that is full is echoed first.
   */
  void add(SelectionKey key) {
    if (connections == MOST_CONNECTIONS) {
      echo();
    }
    ready[connections] = key;
    // Looked up here: the processor has to wait for the memory of many channels at once, where
    // between two system calls it would wait for each.
    channels[connections] = (SocketChannel) key.channel();
    connections++;
  }

  /**
   * Echoes what has arrived on the connections of the batch, which is empty then. What a peer does
   * not take is attached to its key, which then waits for the peer to take it; a connection that
   * fails, or for whose rest there is no memory, is closed.
   */
  void echo() {
    int unwritten = 0;
    for (int i = 0; i < connections; i++) {
      ends[i] = read(i);
      if (received.capacity() - ends[i] < bufferBytes) {
        writeAll(unwritten, i + 1);
        unwritten = i + 1;
      }
    }
    writeAll(unwritten, connections);
    connections = 0;
  }

  /** Where in the buffer ends what was read. */
  private int read(int i) {
    int begin = received.position();
    try {
      int bytes = channels[i].read(received.limit(begin + bufferBytes));
      if (bytes < 0) {
        close(ready[i], CloseKind.PEER_FINISHED);
      }
    } catch (IOException failure) {
      close(ready[i], SocketFailures.closeKind(failure));
    }
    return received.position();
  }

  /** Writes what was read from the connections from {@code first} to before {@code end}. */
  private void writeAll(int first, int end) {
    counters.bytesIn(received.position());
    int begin = 0;
    long taken = 0;
    for (int i = first; i < end; i++) {
      if (ends[i] > begin) {
        taken += write(i, received.limit(ends[i]).position(begin));
        begin = ends[i];
      }
    }
    counters.bytesOut(taken);
    received.clear();
  }

  /** How many bytes the peer took. */
  private int write(int i, ByteBuffer message) {
    SelectionKey key = ready[i];
    int taken = 0;
    try {
      taken = channels[i].write(message);
      if (message.hasRemaining()) {
        counters.backPressurePaused();
        key.attach(allocator.apply(message.remaining()).put(message).flip());
        key.interestOps(SelectionKey.OP_WRITE);
      }
    } catch (IOException | OutOfMemoryError failure) {
      close(key, SocketFailures.closeKind(failure));
    }
    return taken;
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
    // A key may stay in the batch for long, and what its peer left shall not.
    key.attach(null);
    counters.closed(kind);
  }
}
