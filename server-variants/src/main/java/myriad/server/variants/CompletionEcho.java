package myriad.server.variants;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.function.Consumer;
import java.util.function.Function;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/**
 * One connection of {@link Nio2Completion}: a read, the write of what was read, and so on, never
 * two at once. A peer that does not read keeps the write from completing, and so is not read from.
 *
 * <p>The buffer of a pending read belongs to the channel, so each idle connection holds one. It is
 * of the size that the connection last had use for: it quadruples when a read fills it, and shrinks
 * by as much when a read leaves most of it empty.
 */
final class CompletionEcho {

  private static final int SMALLEST_BUFFER_BYTES = 128;
  private static final int RESIZE_FACTOR = 4;

  private final AsynchronousSocketChannel channel;
  private final int maxBufferBytes;
  private final ServerCounters counters;
  private final Function<Throwable, CloseKind> closeKind;
  private final Consumer<CompletionEcho> whenReceived;
  private ByteBuffer buffer;
  private boolean callerReads;
  private boolean taken;
  private boolean paused;
  private boolean closed;

  private CompletionEcho(
      AsynchronousSocketChannel channel,
      int maxBufferBytes,
      ServerCounters counters,
      Function<Throwable, CloseKind> closeKind,
      Consumer<CompletionEcho> whenReceived) {
    this.channel = channel;
    this.maxBufferBytes = maxBufferBytes;
    this.counters = counters;
    this.closeKind = closeKind;
    this.whenReceived = whenReceived;
    this.buffer = ByteBuffer.allocate(Math.min(SMALLEST_BUFFER_BYTES, maxBufferBytes));
  }

  /**
   * Serves {@code channel} to its end; does not block.
   *
   * @param maxBufferBytes the most that is read at once
   * @param closeKind what a failure says about the close that follows it
   * @param whenReceived called on a thread of the group; is to have it written, now or later
   */
  static void begin(
      AsynchronousSocketChannel channel,
      int maxBufferBytes,
      ServerCounters counters,
      Function<Throwable, CloseKind> closeKind,
      Consumer<CompletionEcho> whenReceived) {
    CompletionEcho echo;
    try {
      echo = new CompletionEcho(channel, maxBufferBytes, counters, closeKind, whenReceived);
    } catch (OutOfMemoryError noBuffer) {
      Closing.quietly(channel);
      counters.closed(closeKind.apply(noBuffer));
      return;
    }
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      echo.read();
    } catch (IOException failure) {
      echo.close(closeKind.apply(failure));
    }
  }

  /** Waits for the next message; begins by itself, but for {@link #writeWithoutRead}. */
  void read() {
    channel.read(buffer, this, Completion.READ);
  }

  /** Writes what was received, and waits for the next message when the peer has taken it. */
  void write() {
    channel.write(buffer, this, Completion.WRITE);
  }

  /**
   * Writes what was received. To be called on the only thread of the group.
   *
   * @return whether the peer has taken it, and {@link #read} is left to the caller
   */
  boolean writeWithoutRead() {
    taken = false;
    callerReads = true;
    write();
    callerReads = false;
    return taken;
  }

  private void readDone(int bytes) {
    if (bytes < 0) {
      close(CloseKind.PEER_FINISHED);
      return;
    }
    counters.bytesIn(bytes);
    buffer.flip();
    whenReceived.accept(this);
  }

  private void writeDone(int bytes) {
    counters.bytesOut(bytes);
    if (buffer.hasRemaining()) {
      if (!paused) {
        paused = true;
        counters.backPressurePaused();
      }
      write();
      return;
    }
    paused = false;
    resize(buffer.limit());
    buffer.clear();
    if (callerReads) {
      taken = true;
    } else {
      read();
    }
  }

  /** Leaves the buffer as it is where there is no memory for another. */
  private void resize(int usedBytes) {
    int capacity = buffer.capacity();
    try {
      if (usedBytes == capacity && capacity < maxBufferBytes) {
        buffer =
            ByteBuffer.allocate((int) Math.min(maxBufferBytes, (long) capacity * RESIZE_FACTOR));
      } else if (usedBytes < capacity / RESIZE_FACTOR / 2 && capacity > SMALLEST_BUFFER_BYTES) {
        buffer = ByteBuffer.allocate(Math.max(SMALLEST_BUFFER_BYTES, capacity / RESIZE_FACTOR));
      }
    } catch (OutOfMemoryError none) {
      // What was received has been echoed from it, and so will the rest.
    }
  }

  /**
   * Closes the connection, once: a read that the JDK could not begin fails again as its channel is
   * closed.
   */
  private void close(CloseKind kind) {
    if (closed) {
      return;
    }
    closed = true;
    Closing.quietly(channel);
    counters.closed(kind);
  }

  /** Handlers for all connections: which one is the attachment. */
  private enum Completion implements CompletionHandler<Integer, CompletionEcho> {
    READ {
      @Override
      public void completed(Integer bytes, CompletionEcho echo) {
        echo.readDone(bytes);
      }
    },
    WRITE {
      @Override
      public void completed(Integer bytes, CompletionEcho echo) {
        echo.writeDone(bytes);
      }
    };

    @Override
    public void failed(Throwable failure, CompletionEcho echo) {
      echo.close(echo.closeKind.apply(failure));
    }
  }
}
