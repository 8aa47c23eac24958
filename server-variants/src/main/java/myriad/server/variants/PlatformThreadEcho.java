package myriad.server.variants;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/**
 * The echo loop of a platform thread. It keeps one buffer for the life of a connection, since the
 * thread's stack costs far more; the buffer starts small and doubles whenever a read fills it. It
 * is native memory, so that nothing is copied on the way, and is freed with the connection, not by
 * a later collection.
 */
final class PlatformThreadEcho implements EchoLoop {

  private static final int FIRST_BUFFER_BYTES = 2 * 1024;

  private final int maxBufferBytes;
  private final ServerCounters counters;

  /**
   * @param maxBufferBytes the most that is read at once
   */
  PlatformThreadEcho(int maxBufferBytes, ServerCounters counters) {
    this.maxBufferBytes = maxBufferBytes;
    this.counters = counters;
  }

  @Override
  public CloseKind echo(SocketChannel connection) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      ByteBuffer buffer = allocate(arena, FIRST_BUFFER_BYTES);
      while (connection.read(buffer) >= 0) {
        boolean filled = !buffer.hasRemaining();
        EchoLoop.echoAll(buffer.flip(), connection, counters);
        buffer.clear();
        if (filled && buffer.capacity() < maxBufferBytes) {
          buffer = allocate(arena, buffer.capacity() * 2);
        }
      }
      return CloseKind.PEER_FINISHED;
    }
  }

  private ByteBuffer allocate(Arena arena, int bytes) {
    return arena.allocate(Math.min(bytes, maxBufferBytes)).asByteBuffer();
  }
}
