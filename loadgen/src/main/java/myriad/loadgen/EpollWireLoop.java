package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.IoEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link EpollWire}s of one event loop share: system calls, a buffer to read into, and one
 * to write from. Lives on that loop.
 */
final class EpollWireLoop {

  private static final int BUFFER_BYTES = 64 * 1024;

  /** Of memory that goes with its buffer: these end with their loop. */
  private static final ByteBufAllocator COLLECTED = new UnpooledByteBufAllocator(true, true, false);

  private final IoEventLoop eventLoop;
  private final long connectTimeoutMillis;
  private final ByteBuf in = COLLECTED.directBuffer(BUFFER_BYTES, BUFFER_BYTES);
  private final ByteBuf out = COLLECTED.directBuffer(BUFFER_BYTES);
  private final SocketCalls calls = new SocketCalls();
  private @Nullable EpollWire writer;

  EpollWireLoop(IoEventLoop eventLoop, long connectTimeoutMillis) {
    this.eventLoop = eventLoop;
    this.connectTimeoutMillis = connectTimeoutMillis;
  }

  IoEventLoop eventLoop() {
    return eventLoop;
  }

  long connectTimeoutMillis() {
    return connectTimeoutMillis;
  }

  SocketCalls calls() {
    return calls;
  }

  /** What is read, until the next read. */
  ByteBuf in() {
    return in;
  }

  /** What {@code wire} writes; another that has written and not flushed is flushed for it. */
  ByteBuf outFor(EpollWire wire) {
    if (writer != wire) {
      if (writer != null) {
        writer.flush();
      }
      writer = wire;
      out.clear();
    }
    return out;
  }

  /** What {@code wire} wrote since it was flushed last; null for nothing. */
  @Nullable ByteBuf takeOut(EpollWire wire) {
    if (writer != wire) {
      return null;
    }
    writer = null;
    return out;
  }
}
