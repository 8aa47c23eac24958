package myriad.server.async;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the kernel has not taken yet, in the order of writing. The JDK copies bytes of the heap out
 * of it whenever it tries to send them, and keeps that memory: it is given a slice at a time, so
 * that a long message is neither copied as a whole for the little that is taken, nor held twice.
 */
final class Unsent {

  static final int SLICE_BYTES = 128 * 1024;

  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
  private long bytes;

  /** Sends of {@code data} what the kernel takes now. */
  static void sendNow(WritableByteChannel channel, ByteBuffer data) throws IOException {
    int end = data.limit();
    int wanted;
    int sent;
    do {
      wanted = Math.min(end - data.position(), SLICE_BYTES);
      data.limit(data.position() + wanted);
      sent = channel.write(data);
      data.limit(end);
    } while (sent == wanted && data.hasRemaining());
  }

  long bytes() {
    return bytes;
  }

  /** Keeps a copy. */
  void add(ByteBuffer data) {
    bytes += data.remaining();
    waiting.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
  }

  /** Sends what the kernel takes of the first slice: other connections have their turn then. */
  void sendSlice(GatheringByteChannel channel) throws IOException {
    long sent = channel.write(firstSlice());
    bytes -= sent;
    for (long left = sent; left > 0; ) {
      ByteBuffer first = waiting.element();
      int taken = (int) Math.min(left, first.remaining());
      first.position(first.position() + taken);
      left -= taken;
      if (!first.hasRemaining()) {
        waiting.remove();
      }
    }
  }

  private ByteBuffer[] firstSlice() {
    List<ByteBuffer> slice = new ArrayList<>();
    int room = SLICE_BYTES;
    for (ByteBuffer buffer : waiting) {
      if (room == 0) {
        break;
      }
      int length = Math.min(room, buffer.remaining());
      slice.add(buffer.slice(buffer.position(), length));
      room -= length;
    }
    return slice.toArray(ByteBuffer[]::new);
  }
}
