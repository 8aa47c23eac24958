package myriad.server.async;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;

/**
 * Passes items between the tasks of one loop, first in, first out. A bounded queue makes producers
 * wait while it is full.
 *
 * @param <T> the items
 */
public final class Queue<T> {

  /** No bound. */
  public static final int UNBOUNDED = 0;

  private final ArrayDeque<T> items = new ArrayDeque<>();
  private final WaitingLine getters = new WaitingLine();
  private final WaitingLine putters = new WaitingLine();
  private final Event allDone = new Event();
  private final int capacity;
  private int unfinished;

  public Queue() {
    this(UNBOUNDED);
  }

  /** A queue of at most {@code capacity} items; {@link #UNBOUNDED} for any number. */
  public Queue(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException(
          "capacity is %,d; it takes 1 and more, or 0 for no bound".formatted(capacity));
    }
    this.capacity = capacity;
    allDone.set();
  }

  public int size() {
    return items.size();
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  public boolean isFull() {
    return capacity != UNBOUNDED && items.size() >= capacity;
  }

  /** Adds an item; waits while the queue is full. */
  public void put(T item) {
    while (isFull()) {
      putters.await("Queue.put", this::passRoomOn);
    }
    putNow(item);
  }

  /**
   * Adds an item.
   *
   * @throws IllegalStateException if the queue is full
   */
  public void putNow(T item) {
    if (isFull()) {
      throw new IllegalStateException(
          "the queue is full with %,d items: await put, or try later".formatted(items.size()));
    }
    items.add(item);
    unfinished++;
    allDone.clear();
    getters.wakeNext();
  }

  /** Takes the oldest item; waits while there is none. */
  public T get() {
    while (isEmpty()) {
      getters.await("Queue.get", this::passItemOn);
    }
    return getNow();
  }

  /**
   * Takes the oldest item.
   *
   * @throws NoSuchElementException if there is none
   */
  public T getNow() {
    if (isEmpty()) {
      throw new NoSuchElementException("the queue is empty: await get, or ask isEmpty()");
    }
    T item = items.remove();
    putters.wakeNext();
    return item;
  }

  /**
   * Says that one item that was taken has been dealt with; see {@link #join}.
   *
   * @throws IllegalStateException if called more often than items were put
   */
  public void taskDone() {
    if (unfinished == 0) {
      throw new IllegalStateException("taskDone called more often than items were put");
    }
    unfinished--;
    if (unfinished == 0) {
      allDone.set();
    }
  }

  /** Waits until {@link #taskDone} was called for every item that was put. */
  public void join() {
    if (unfinished > 0) {
      allDone.await();
    }
  }

  private void passRoomOn(boolean woken) {
    if (woken && !isFull()) {
      putters.wakeNext();
    }
  }

  private void passItemOn(boolean woken) {
    if (woken && !isEmpty()) {
      getters.wakeNext();
    }
  }
}
