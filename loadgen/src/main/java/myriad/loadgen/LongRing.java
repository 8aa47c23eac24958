package myriad.loadgen;

/** A first-in, first-out queue of primitive longs that grows as needed. Not thread-safe. */
final class LongRing {

  private static final int SMALLEST = 2;

  private long[] values = new long[SMALLEST];
  private int head;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(long value) {
    if (size == values.length) {
      grow();
    }
    values[(head + size) & (values.length - 1)] = value;
    size++;
  }

  /** The value {@code index} places behind the head, which has place 0. */
  long get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException("place %d of %d".formatted(index, size));
    }
    return values[(head + index) & (values.length - 1)];
  }

  long remove() {
    return remove(0);
  }

  /** Takes out the value at {@code index}; those before it keep their order. */
  long remove(int index) {
    long value = get(index);
    int mask = values.length - 1;
    for (int i = index; i > 0; i--) {
      values[(head + i) & mask] = values[(head + i - 1) & mask];
    }
    head = (head + 1) & mask;
    size--;
    return value;
  }

  /** The place of a value behind the head; -1 if it is not there. */
  int indexOf(long value) {
    for (int i = 0; i < size; i++) {
      if (get(i) == value) {
        return i;
      }
    }
    return -1;
  }

  void clear() {
    size = 0;
  }

  private void grow() {
    long[] larger = new long[2 * values.length];
    for (int i = 0; i < size; i++) {
      larger[i] = get(i);
    }
    values = larger;
    head = 0;
  }
}
