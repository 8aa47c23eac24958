package myriad.server.variants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.IntFunction;
import myriad.server.ServerCounters;

/**
 * One step of an echo on a non-blocking socket. All connections of a loop share the buffer; bytes
 * outlive a step only if their peer does not take them. Used by one thread.
 */
final class NonBlockingEcho {

  /** What a step found. */
  enum Step {
    /** Nothing has arrived. */
    IDLE,
    /** What arrived was echoed. */
    ECHOED,
    /** The peer does not take all that it sent; {@link #keepUntaken} has the rest. */
    UNTAKEN,
    /** The peer has finished sending. */
    FINISHED
  }

  private final ByteBuffer received;
  private final ServerCounters counters;
  private final IntFunction<ByteBuffer> allocator;

  /**
   * @param bufferBytes the most that is echoed in a step
   * @param allocator of what peers leave; may be out of memory
   * @throws IOException if there is no memory for the buffer
   */
  NonBlockingEcho(int bufferBytes, ServerCounters counters, IntFunction<ByteBuffer> allocator)
      throws IOException {
    this.received = allocate(bufferBytes);
    this.counters = counters;
    this.allocator = allocator;
  }

  /**
   * A buffer of an event loop.
   *
   * @throws IOException if there is no memory for it
   */
  static ByteBuffer allocate(int bytes) throws IOException {
    try {
      return ByteBuffer.allocateDirect(bytes);
    } catch (OutOfMemoryError full) {
      throw new IOException("no memory for the buffer of an event loop", full);
    }
  }

  /** Echoes what has arrived. */
  Step step(SocketChannel connection) throws IOException {
    received.clear();
    int bytesRead = connection.read(received);
    if (bytesRead <= 0) {
      return bytesRead == 0 ? Step.IDLE : Step.FINISHED;
    }
    counters.bytesIn(bytesRead);
    counters.bytesOut(connection.write(received.flip()));
    if (!received.hasRemaining()) {
      return Step.ECHOED;
    }
    counters.backPressurePaused();
    return Step.UNTAKEN;
  }

  /**
   * A copy of what the last step could not write, to be kept until the peer reads.
   *
   * @throws OutOfMemoryError if there is no memory for it
   */
  ByteBuffer keepUntaken() {
    return allocator.apply(received.remaining()).put(received).flip();
  }

  /** Writes as much of {@code untaken} as the peer takes now; whether that was all. */
  boolean writeUntaken(SocketChannel connection, ByteBuffer untaken) throws IOException {
    counters.bytesOut(connection.write(untaken));
    return !untaken.hasRemaining();
  }
}
