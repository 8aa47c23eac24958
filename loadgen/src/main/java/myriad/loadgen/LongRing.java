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
    long value = get(0);
    head = (head + 1) & (values.length - 1);
    size--;
    return value;
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
