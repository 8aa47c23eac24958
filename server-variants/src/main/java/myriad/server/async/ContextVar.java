package myriad.server.async;

import org.jspecify.annotations.Nullable;

/**
 * A variable with a value a task, such as the number of the request that it serves. Takes the place
 * of a thread local: all tasks of a loop share one thread.
 *
 * @param <T> the type of its values
 */
public final class ContextVar<T> {

  private final String name;
  private final T defaultValue;

  public ContextVar(String name, T defaultValue) {
    this.name = name;
    this.defaultValue = defaultValue;
  }

  /** The value in the current context; the default where it was never set, or outside a loop. */
  @SuppressWarnings("unchecked") // Only set() stores under this key.
  public T get() {
    EventLoop loop = EventLoop.runningOrNull();
    @Nullable Object value = loop == null ? null : loop.context().get(this);
    return value == null ? defaultValue : (T) value;
  }

  /**
   * Sets the value for the current task or callback, and for what they start from now on.
   *
   * @throws IllegalStateException outside a loop
   */
  public void set(T value) {
    Context.current().put(this, value);
  }

  @Override
  public String toString() {
    return "ContextVar[" + name + "]";
  }
}
