package myriad.server.async;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One socket on a loop: what could not be sent at once is kept, and sent when the kernel takes it.
 * Closes the socket when all is sent, or at the first failure.
 */
final class SocketTransport {

  private final EventLoop loop;
  private final SocketChannel channel;
  private final Readiness readiness;
  private @Nullable Unsent unsent;
  private boolean finishRequested;
  private boolean closing;
  private @Nullable IOException failure;
  private @Nullable Future<Void> closed;
  private @Nullable StreamWriter writer;

  /** Takes the channel over; closes it if it cannot be registered. */
  SocketTransport(EventLoop loop, SocketChannel channel) throws IOException {
    this.loop = loop;
    this.channel = channel;
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      this.readiness = new Readiness(loop, channel);
    } catch (IOException | RuntimeException refused) {
      channel.close();
      throw refused;
    }
  }

  EventLoop loop() {
    return loop;
  }

  SocketChannel channel() {
    return channel;
  }

  Readiness readiness() {
    return readiness;
  }

  long unsentBytes() {
    return unsent == null ? 0 : unsent.bytes();
  }

  /**
   * Refuses a connection that is lost.
   *
   * @throws IOException what it was lost by; the same to everybody who asks
   */
  void requireIntact() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Refuses a connection that sends nothing any more.
   *
   * @throws IOException what it was lost by, or that it is closed
   */
  void requireOpen() throws IOException {
    requireIntact();
    if (!channel.isOpen()) {
      throw new SocketException("the connection is closed: what is written now is not sent");
    }
  }

  boolean isClosing() {
    return closing;
  }

  /** Closed by this side, and not lost. */
  boolean isClosedHere() {
    return closing && failure == null;
  }

  boolean isFinishRequested() {
    return finishRequested;
  }

  /** Done once the socket is closed. */
  Future<Void> closed() {
    if (closed == null) {
      closed = loop.createFuture();
      wakeIfClosed();
    }
    return closed;
  }

  /** Tells {@code writer} whenever unsent bytes were sent, or never will be. */
  void setWriter(StreamWriter writer) {
    this.writer = writer;
  }

  int receive(ByteBuffer target) throws IOException {
    try {
      return channel.read(target);
    } catch (IOException broken) {
      fail(broken);
      throw broken;
    }
  }

  /** Sends what the kernel takes at once, and keeps the rest, which it copies. */
  void send(ByteBuffer data) {
    try {
      if (unsent == null) {
        Unsent.sendNow(channel, data);
      }
    } catch (IOException broken) {
      fail(broken);
      return;
    }
    if (data.hasRemaining()) {
      keep(data);
    }
  }

  /** Tells the peer that nothing more follows, once all is sent; closing tells it anyway. */
  void finish() {
    if (closing) {
      return;
    }
    finishRequested = true;
    if (unsent == null) {
      shutDownOutput();
    }
  }

  /** Closes once all is sent; nothing is read any more. */
  void close() {
    closing = true;
    if (unsent == null) {
      abort();
    } else {
      readiness.endInbound();
    }
  }

  /** Closes now; what was not sent is dropped. */
  void abort() {
    closing = true;
    unsent = null;
    readiness.close();
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      failure = failure == null ? alreadyGone : failure;
    }
    wakeIfClosed();
    tellProgress();
  }

  private void keep(ByteBuffer data) {
    if (unsent == null) {
      unsent = new Unsent();
    }
    unsent.add(data);
    readiness.onceWritable(this::sendUnsent);
  }

  private void sendUnsent() {
    Unsent waiting = unsent;
    if (waiting == null) {
      return;
    }
    try {
      waiting.sendSlice(channel);
    } catch (IOException broken) {
      fail(broken);
      return;
    }
    if (waiting.bytes() > 0) {
      readiness.onceWritable(this::sendUnsent);
    } else {
      unsent = null;
      allSent();
    }
    tellProgress();
  }

  private void allSent() {
    if (finishRequested) {
      shutDownOutput();
    }
    if (closing) {
      abort();
    }
  }

  private void shutDownOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException broken) {
      fail(broken);
    }
  }

  private void fail(IOException broken) {
    failure = failure == null ? broken : failure;
    abort();
  }

  private void tellProgress() {
    if (writer != null) {
      writer.resumeIfLow();
    }
  }

  private void wakeIfClosed() {
    if (closed != null && !channel.isOpen()) {
      Waiters.wake(closed);
    }
  }
}
