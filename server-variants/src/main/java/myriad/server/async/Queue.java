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
  private boolean shutDown;

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

  /**
   * Adds an item; waits while the queue is full.
   *
   * @throws QueueShutDownException if the queue is shut down
   */
  public void put(T item) {
    while (isFull()) {
      requireNotShutDown();
      putters.await("Queue.put", this::passRoomOn);
    }
    putNow(item);
  }

  /**
   * Adds an item.
   *
   * @throws IllegalStateException if the queue is full
   * @throws QueueShutDownException if the queue is shut down
   */
  public void putNow(T item) {
    requireNotShutDown();
    if (isFull()) {
      throw new IllegalStateException(
          "the queue is full with %,d items: await put, or try later".formatted(items.size()));
    }
    items.add(item);
    unfinished++;
    allDone.clear();
    getters.wakeNext();
  }

  /**
   * Takes the oldest item; waits while there is none.
   *
   * @throws QueueShutDownException if there is none, and the queue is shut down
   */
  public T get() {
    while (isEmpty()) {
      requireNotShutDown();
      getters.await("Queue.get", this::passItemOn);
    }
    return getNow();
  }

  /**
   * Takes the oldest item.
   *
   * @throws NoSuchElementException if there is none
   * @throws QueueShutDownException if there is none, and the queue is shut down
   */
  public T getNow() {
    if (isEmpty()) {
      requireNotShutDown();
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

  /**
   * Has {@link #put} throw from now on, and {@link #get} once the last item is taken; whoever waits
   * for room or for an item is woken and throws, too.
   */
  public void shutDown() {
    shutDown = true;
    getters.wakeAll();
    putters.wakeAll();
  }

  /** As {@link #shutDown}, without the items: they are dropped, and count as dealt with. */
  public void shutDownNow() {
    unfinished = Math.max(0, unfinished - items.size());
    items.clear();
    if (unfinished == 0) {
      allDone.set();
    }
    shutDown();
  }

  private void requireNotShutDown() {
    if (shutDown) {
      throw new QueueShutDownException();
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
