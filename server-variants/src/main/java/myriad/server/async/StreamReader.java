package myriad.server.async;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a connection. Reads from the socket only when somebody asks for more than
 * is there, so a peer that is not listened to is held back by the kernel, and an idle connection
 * holds no buffer: all connections of a loop receive into the same one.
 *
 * <p>One task at a time may read.
 */
public final class StreamReader {

  /** The longest line, and the longest chunk of {@link #readUntil}, unless told otherwise. */
  public static final int DEFAULT_LIMIT_BYTES = 64 * 1024;

  private static final byte[] END = {};
  private static final byte[] NEWLINE = {'\n'};

  private final SocketTransport transport;
  private final int limitBytes;
  private @Nullable ByteQueue buffered;
  private boolean ended;

  StreamReader(SocketTransport transport, int limitBytes) {
    this.transport = transport;
    this.limitBytes = limitBytes;
  }

  /** The peer has finished sending, or the connection was closed, and everything was read. */
  public boolean isAtEnd() {
    return ended && bufferedBytes() == 0;
  }

  /**
   * Waits for at least one byte, and takes what is there.
   *
   * @param maxBytes the most to take; 1 and more
   * @return empty at the end of the stream
   * @throws IOException if the connection failed
   */
  public byte[] read(int maxBytes) throws IOException {
    requirePositive(maxBytes);
    transport.requireIntact();
    if (bufferedBytes() > 0) {
      return buffer().take(Math.min(maxBytes, bufferedBytes()));
    }
    ByteBuffer received = receive(maxBytes);
    if (!received.hasRemaining()) {
      return END;
    }
    byte[] taken = new byte[received.remaining()];
    received.get(taken);
    return taken;
  }

  /**
   * As {@link #read}, into memory of the caller's: nothing is allocated.
   *
   * @param target takes at least one byte
   * @return how many bytes it now begins with; 0 at the end of the stream
   */
  public int readInto(byte[] target) throws IOException {
    if (target.length == 0) {
      throw new IllegalArgumentException("the target is empty; it takes one byte or more");
    }
    transport.requireIntact();
    if (bufferedBytes() > 0) {
      return buffer().takeInto(target);
    }
    ByteBuffer received = receive(target.length);
    int count = received.remaining();
    received.get(target, 0, count);
    return count;
  }

  /**
   * As {@link #read}, without a copy: what came lies in memory that all streams of the loop share,
   * and is gone at the next await. For code that passes bytes on, or picks some out of them.
   *
   * @return nothing remains in it at the end of the stream
   */
  public ByteBuffer readShared(int maxBytes) throws IOException {
    requirePositive(maxBytes);
    transport.requireIntact();
    if (bufferedBytes() == 0) {
      return receive(maxBytes);
    }
    ByteBuffer shared = transport.loop().sharedBuffer().clear();
    buffer().takeInto(shared.limit(Math.min(maxBytes, shared.capacity())));
    return shared.flip();
  }

  /** Takes everything up to the end of the stream. */
  public byte[] readAll() throws IOException {
    transport.requireIntact();
    while (fill()) {
      // Each turn adds what came.
    }
    return bufferedBytes() == 0 ? END : buffer().takeAll();
  }

  /**
   * Waits for exactly {@code count} bytes.
   *
   * @throws IncompleteReadException if the stream ended before; it holds what came
   */
  public byte[] readExactly(int count) throws IOException {
    if (count < 0) {
      throw new IllegalArgumentException("count is %,d; it takes 0 and more".formatted(count));
    }
    transport.requireIntact();
    while (bufferedBytes() < count) {
      if (!fill()) {
        throw new IncompleteReadException(buffer().takeAll(), "of %,d".formatted(count));
      }
    }
    return buffer().take(count);
  }

  /**
   * Waits for {@code separator}, and takes everything up to and with it.
   *
   * @throws IncompleteReadException if the stream ended before; it holds what came
   * @throws LimitOverrunException if more bytes than the limit came without it; they stay
   */
  public byte[] readUntil(byte... separator) throws IOException {
    if (separator.length == 0) {
      throw new IllegalArgumentException("the separator is empty; it takes one byte or more");
    }
    transport.requireIntact();
    int searched = 0;
    while (true) {
      int at = buffer().indexOf(separator, searched);
      if (at > limitBytes) {
        throw new LimitOverrunException("the separator comes behind the limit", at);
      }
      if (at >= 0) {
        return buffer().take(at + separator.length);
      }
      searched = Math.max(0, bufferedBytes() + 1 - separator.length);
      if (searched > limitBytes) {
        throw new LimitOverrunException("no separator within the limit", searched);
      }
      if (!fill()) {
        throw new IncompleteReadException(buffer().takeAll(), "without the separator");
      }
    }
  }

  /**
   * Takes a line with its newline; what is left, without one, at the end of the stream.
   *
   * @throws LimitOverrunException if the line is longer than the limit. It is dropped, with its
   *     newline if that came already, and else as far as it came; the next read goes on behind
   *     that. Where asyncio throws a ValueError, a peer's fault is an I/O failure here.
   */
  public byte[] readLine() throws IOException {
    try {
      return readUntil(NEWLINE);
    } catch (IncompleteReadException lastLine) {
      return lastLine.partial();
    } catch (LimitOverrunException tooLong) {
      int newline = buffer().indexOf(NEWLINE, tooLong.consumedBytes());
      int dropped = newline < 0 ? bufferedBytes() : newline + NEWLINE.length;
      buffer().drop(dropped);
      throw new LimitOverrunException(
          "a line is longer than the limit of %,d bytes: %,d were dropped"
              .formatted(limitBytes, dropped),
          0);
    }
  }

  private static void requirePositive(int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "maxBytes is %,d; it takes 1 and more".formatted(maxBytes));
    }
  }

  private boolean fill() throws IOException {
    ByteBuffer received = receive(Integer.MAX_VALUE);
    if (!received.hasRemaining()) {
      return false;
    }
    buffer().add(received);
    return true;
  }

  /** What came, in the loop's buffer: to be copied before the next await; empty at the end. */
  private ByteBuffer receive(int maxBytes) throws IOException {
    ByteBuffer shared = transport.loop().sharedBuffer();
    int count = 0;
    while (count == 0 && !ended) {
      if (!transport.isClosing()) {
        transport.readiness().await(SelectionKey.OP_READ);
      }
      transport.requireIntact();
      if (!transport.isClosing()) {
        shared.clear().limit(Math.min(maxBytes, shared.capacity()));
        count = transport.receive(shared);
      }
      ended = count < 0 || transport.isClosing();
    }
    return shared.position(0).limit(Math.max(0, count));
  }

  private int bufferedBytes() {
    return buffered == null ? 0 : buffered.size();
  }

  private ByteQueue buffer() {
    if (buffered == null) {
      buffered = new ByteQueue();
    }
    return buffered;
  }
}
