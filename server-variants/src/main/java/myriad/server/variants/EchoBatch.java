package myriad.server.variants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.function.IntFunction;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;
import org.jspecify.annotations.Nullable;

/**
 * The echo of a {@link SelectorLoop}: reads from many connections, then writes to all of them, and
 * so on. Reading and writing are two long ways through the kernel. Taken in turns, message for
 * message, each puts the other's code out of the processor's caches, and both put out what the
 * selector and the channels are.
 *
 * <p>Peers that answer at once have sent their next messages by the time that the last of many has
 * its echo, and another select would only find them again. So those that were ready are read from
 * again without one, as long as it pays. server-variants/PROFILE.md has what both are worth. Used
 * by one thread.
 */
final class EchoBatch {

  /** As many as the selector of JDK 25 finds at once (its {@code EPollSelectorImpl}). */
  static final int MOST_CONNECTIONS = 1_024;

  /** From here on more gains nothing, and the first peer would wait for the last. */
  static final int READ_BEFORE_WRITING = 128;

  /** With more of them, those that are not in the batch would wait for long. */
  static final int MOST_SWEEPS = 3;

  /** Selects after a sweep in vain until one is tried again, lest it cost much where none pays. */
  static final int SITS_OUT = 15;

  private final int bufferBytes;
  private final ByteBuffer received;
  private final ServerCounters counters;
  private final IntFunction<ByteBuffer> allocator;
  private final SelectionKey[] ready = new SelectionKey[MOST_CONNECTIONS];

  /** Null for one that is not to be read from any more. */
  private final @Nullable SocketChannel[] channels = new SocketChannel[MOST_CONNECTIONS];

  private final int[] ends = new int[MOST_CONNECTIONS];
  private int connections;

  /** Those of them that are still to be read from. */
  private int readable;

  private int selectsToSitOut;

  /**
   * @param bufferBytes the most that is read from a connection in a sweep; others of the batch have
   *     their turn between two, and those outside it after all sweeps
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
      sweep();
      clear();
    }
    ready[connections] = key;
    // Looked up here: the processor has to wait for the memory of many channels at once, where
    // between two system calls it would wait for each.
    channels[connections] = (SocketChannel) key.channel();
    connections++;
    readable++;
  }

  /**
   * Echoes what has arrived on the connections of the batch, which is empty then. What a peer does
   * not take is attached to its key, which then waits for the peer to take it; a connection that
   * fails, or for whose rest there is no memory, is closed.
   *
   * @param served connections of the loop: where a batch is full, others may be ready too, and they
   *     shall not wait for one that holds less than half of all
   */
  void echo(int served) {
    sweep();
    if (selectsToSitOut > 0) {
      selectsToSitOut--;
    } else if (connections < MOST_CONNECTIONS || 2 * connections >= served) {
      sweepAgain();
    }
    clear();
  }

  private void clear() {
    connections = 0;
    readable = 0;
  }

  private void sweepAgain() {
    for (int sweeps = 1; sweeps < MOST_SWEEPS && readable > 0; sweeps++) {
      int asked = readable;
      if (2 * sweep() < asked) {
        selectsToSitOut = sweeps == 1 ? SITS_OUT : 0;
        return;
      }
    }
  }

  /** Echoes what has arrived by now; on how many connections something had. */
  private int sweep() {
    int heard = 0;
    int end = 0;
    for (int first = 0; first < connections; first = end) {
      end = readAll(first);
      heard += writeAll(first, end);
    }
    return heard;
  }

  /** Before which connection it ended, for want of room for another message or to write first. */
  private int readAll(int first) {
    int end = first;
    while (end < Math.min(connections, first + READ_BEFORE_WRITING)
        && received.capacity() - received.position() >= bufferBytes) {
      ends[end] = read(end);
      end++;
    }
    return end;
  }

  /** Where in the buffer ends what was read. */
  private int read(int i) {
    SocketChannel channel = channels[i];
    int begin = received.position();
    if (channel == null) {
      return begin;
    }
    try {
      int bytes = channel.read(received.limit(begin + bufferBytes));
      if (bytes < 0) {
        drop(i, CloseKind.PEER_FINISHED);
      }
    } catch (IOException failure) {
      drop(i, SocketFailures.closeKind(failure));
    }
    return received.position();
  }

  /** On how many connections from {@code first} to before {@code end} something was read. */
  private int writeAll(int first, int end) {
    counters.bytesIn(received.position());
    int heard = 0;
    int begin = 0;
    long taken = 0;
    for (int i = first; i < end; i++) {
      if (ends[i] > begin) {
        heard++;
        taken += write(i, received.limit(ends[i]).position(begin));
        begin = ends[i];
      }
    }
    counters.bytesOut(taken);
    received.clear();
    return heard;
  }

  /** How many bytes the peer took. */
  private int write(int i, ByteBuffer message) {
    int taken = 0;
    try {
      taken = Objects.requireNonNull(channels[i]).write(message);
      if (message.hasRemaining()) {
        counters.backPressurePaused();
        ready[i].attach(allocator.apply(message.remaining()).put(message).flip());
        ready[i].interestOps(SelectionKey.OP_WRITE);
        leaveOut(i);
      }
    } catch (IOException | OutOfMemoryError failure) {
      drop(i, SocketFailures.closeKind(failure));
    }
    return taken;
  }

  private void drop(int i, CloseKind kind) {
    close(ready[i], kind);
    leaveOut(i);
  }

  private void leaveOut(int i) {
    channels[i] = null;
    readable--;
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
