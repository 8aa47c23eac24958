package myriad.server.async;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that were received and not yet asked for. */
final class ByteQueue {

  private static final int SMALLEST = 256;
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int start;
  private int end;

  int size() {
    return end - start;
  }

  void add(ByteBuffer received) {
    int count = received.remaining();
    makeRoom(count);
    received.get(bytes, end, count);
    end += count;
  }

  /** Takes the first {@code count} bytes; an empty queue holds no memory. */
  byte[] take(int count) {
    byte[] taken = new byte[count];
    takeInto(taken);
    return taken;
  }

  /** Takes as many bytes as there are and {@code target} holds; how many. */
  int takeInto(byte[] target) {
    return takeInto(ByteBuffer.wrap(target));
  }

  /** Takes as many bytes as there are and {@code target} has room for; how many. */
  int takeInto(ByteBuffer target) {
    int count = Math.min(target.remaining(), size());
    target.put(bytes, start, count);
    drop(count);
    return count;
  }

  /** Drops the first {@code count} bytes. */
  void drop(int count) {
    start += count;
    if (start == end) {
      bytes = NONE;
      start = 0;
      end = 0;
    }
  }

  byte[] takeAll() {
    return take(size());
  }

  /** Where {@code pattern} begins, at or after {@code from}; -1 if it is not there. */
  int indexOf(byte[] pattern, int from) {
    int lastStart = end - pattern.length;
    for (int at = start + from; at <= lastStart; at++) {
      if (Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
        return at - start;
      }
    }
    return -1;
  }

  private void makeRoom(int count) {
    if (bytes.length - end >= count) {
      return;
    }
    int size = size();
    int needed = size + count;
    byte[] target =
        needed <= bytes.length ? bytes : new byte[Math.max(SMALLEST, Math.max(needed, 2 * size))];
    System.arraycopy(bytes, start, target, 0, size);
    bytes = target;
    start = 0;
    end = size;
  }
}
