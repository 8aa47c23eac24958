package myriad.server.async;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a connection. {@link #write} never waits: it hands the kernel what it takes,
 * and keeps the rest. {@link #drain} after each write is what holds a fast writer back: it waits
 * while more than the high-water mark is kept, until no more than the low-water mark is.
 */
public final class StreamWriter {

  /** The high-water mark unless told otherwise; the low-water mark is a quarter of it. */
  public static final int DEFAULT_HIGH_WATER_BYTES = 64 * 1024;

  private final SocketTransport transport;
  private int highWaterBytes = DEFAULT_HIGH_WATER_BYTES;
  private int lowWaterBytes = DEFAULT_HIGH_WATER_BYTES / 4;
  private boolean paused;

  /** Shared by all tasks that drain. */
  private @Nullable Future<Void> resumed;

  StreamWriter(SocketTransport transport) {
    this.transport = transport;
    transport.setWriter(this);
  }

  /**
   * Sets between which marks {@link #drain} waits.
   *
   * @param lowWaterBytes at most {@code highWaterBytes}; both may be 0, to keep nothing
   */
  public void setWriteBufferLimits(int highWaterBytes, int lowWaterBytes) {
    if (lowWaterBytes < 0 || highWaterBytes < lowWaterBytes) {
      throw new IllegalArgumentException(
          "high water is %,d and low water is %,d; they take high >= low >= 0"
              .formatted(highWaterBytes, lowWaterBytes));
    }
    this.highWaterBytes = highWaterBytes;
    this.lowWaterBytes = lowWaterBytes;
    pauseIfHigh();
  }

  /** Bytes that were written and that the kernel has not taken yet. */
  public long unsentBytes() {
    return transport.unsentBytes();
  }

  /** Whether {@link #drain} would wait now. */
  public boolean isPaused() {
    return paused;
  }

  /**
   * Sends, without waiting. Does nothing once the connection is lost: {@link #drain} tells.
   *
   * @throws IllegalStateException after {@link #writeEnd}, {@link #close} or {@link #abort}
   */
  public void write(byte[] data) {
    write(data, 0, data.length);
  }

  /** As {@link #write(byte[])}, a part of the array, which is the caller's again on return. */
  public void write(byte[] data, int offset, int length) {
    write(ByteBuffer.wrap(data, offset, length));
  }

  /**
   * As {@link #write(byte[])}, what remains in the buffer, which is the caller's again on return.
   */
  public void write(ByteBuffer data) {
    if (transport.isFinishRequested()) {
      throw new IllegalStateException("write after writeEnd: nothing may follow the end");
    }
    if (transport.isClosedHere()) {
      throw new IllegalStateException("write after close: write first, or ask isClosing()");
    }
    if (!transport.isClosing()) {
      transport.send(data);
      pauseIfHigh();
    }
  }

  /**
   * Waits while too much is unsent.
   *
   * @throws IOException if the connection is lost or closed
   */
  public void drain() throws IOException {
    transport.requireIntact();
    if (transport.isClosing()) {
      // Lets the loop see the loss of a connection that is written to for ever.
      Task.current("drain").giveWay();
      transport.requireOpen();
    }
    while (paused) {
      if (resumed == null) {
        resumed = transport.loop().createFuture();
      }
      // Cancelling one task that drains must not wake the others.
      Waiters.await(Shield.of(resumed));
    }
    transport.requireIntact();
  }

  /** Tells the peer that nothing more follows, once all is sent; reading goes on. */
  public void writeEnd() {
    transport.finish();
  }

  /** Closes the connection once all is sent. Reading ends now. Returns without waiting. */
  public void close() {
    transport.close();
  }

  /** Closes the connection now, and drops what is unsent. */
  public void abort() {
    transport.abort();
  }

  public boolean isClosing() {
    return transport.isClosing();
  }

  /**
   * Waits until the connection is closed.
   *
   * @throws IOException if it was lost before all was sent
   */
  public void waitClosed() throws IOException {
    Waiters.await(Shield.of(transport.closed()));
    transport.requireIntact();
  }

  /** The peer's address. */
  public SocketAddress remoteAddress() throws IOException {
    return transport.channel().getRemoteAddress();
  }

  private void pauseIfHigh() {
    paused |= transport.unsentBytes() > highWaterBytes;
  }

  /** Called by the transport when it has less to send. */
  void resumeIfLow() {
    if (paused && transport.unsentBytes() <= lowWaterBytes) {
      paused = false;
      if (resumed != null) {
        Waiters.wake(resumed);
        resumed = null;
      }
    }
  }
}
