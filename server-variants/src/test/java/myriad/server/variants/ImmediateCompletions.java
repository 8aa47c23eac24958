package myriad.server.variants;

import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection without a network: a message arrives when told, and writes are done at once, but for
 * those of a peer that is told not to read.
 */
final class ImmediateCompletions extends AsynchronousSocketChannel {

  private final int messageBytes;
  private @Nullable Runnable pendingRead;
  private @Nullable Runnable pendingWrite;
  private boolean peerReads = true;
  private int bytesWritten;
  private int arrived;

  ImmediateCompletions(int messageBytes) {
    super(null);
    this.messageBytes = messageBytes;
  }

  /** Completes the read that is pending. */
  void arrive() {
    Runnable read = pendingRead;
    if (read == null) {
      throw new IllegalStateException("nothing is read");
    }
    pendingRead = null;
    read.run();
  }

  /** Has a message arrive before it is read for, so that the next read is done at once. */
  void arriveEarly() {
    arrived++;
  }

  /** From now on a write stays pending until {@link #readAgain}. */
  void stopReading() {
    peerReads = false;
  }

  /** Completes the write that is pending. */
  void readAgain() {
    Runnable write = pendingWrite;
    if (write == null) {
      throw new IllegalStateException("nothing is written");
    }
    peerReads = true;
    pendingWrite = null;
    write.run();
  }

  boolean hasPendingRead() {
    return pendingRead != null;
  }

  int bytesWritten() {
    return bytesWritten;
  }

  @Override
  public <A> void read(
      ByteBuffer to,
      long timeout,
      TimeUnit unit,
      A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    pendingRead =
        () -> {
          to.position(to.position() + messageBytes);
          handler.completed(messageBytes, attachment);
        };
    if (arrived > 0) {
      arrived--;
      arrive();
    }
  }

  @Override
  public <A> void write(
      ByteBuffer from,
      long timeout,
      TimeUnit unit,
      A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    if (!peerReads) {
      pendingWrite = () -> write(from, timeout, unit, attachment, handler);
      return;
    }
    int bytes = from.remaining();
    from.position(from.limit());
    bytesWritten += bytes;
    handler.completed(bytes, attachment);
  }

  @Override
  public <T> AsynchronousSocketChannel setOption(SocketOption<T> name, T value) {
    return this;
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return Set.of();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}

  @Override
  public <T> T getOption(SocketOption<T> name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AsynchronousSocketChannel bind(SocketAddress local) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AsynchronousSocketChannel shutdownInput() {
    throw new UnsupportedOperationException();
  }

  @Override
  public AsynchronousSocketChannel shutdownOutput() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SocketAddress getLocalAddress() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <A> void connect(
      SocketAddress remote, A attachment, CompletionHandler<Void, ? super A> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> connect(SocketAddress remote) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Integer> read(ByteBuffer to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Integer> write(ByteBuffer from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <A> void read(
      ByteBuffer[] to,
      int offset,
      int length,
      long timeout,
      TimeUnit unit,
      A attachment,
      CompletionHandler<Long, ? super A> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <A> void write(
      ByteBuffer[] from,
      int offset,
      int length,
      long timeout,
      TimeUnit unit,
      A attachment,
      CompletionHandler<Long, ? super A> handler) {
    throw new UnsupportedOperationException();
  }
}
