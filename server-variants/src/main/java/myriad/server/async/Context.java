package myriad.server.async;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@link ContextVar}s that a task or a callback sees. A task runs in a copy of its
 * maker's context, so that what it sets stays its own. Owned by one loop's thread.
 */
public final class Context {

  private Map<ContextVar<?>, Object> values;

  private Context(Map<ContextVar<?>, Object> values) {
    this.values = values;
  }

  /** A context in which every variable has its default. */
  public static Context empty() {
    return new Context(Map.of());
  }

  /**
   * The context of the running callback or task; not a copy.
   *
   * @throws IllegalStateException if no loop runs in this thread
   */
  public static Context current() {
    return EventLoop.running().context();
  }

  /** A context of the same values, changed apart from this one. Costs no more than an object. */
  public Context copy() {
    return new Context(values);
  }

  @Nullable Object get(ContextVar<?> variable) {
    return values.get(variable);
  }

  /** Copies of this context share the map, so it is replaced, never changed. */
  void put(ContextVar<?> variable, Object value) {
    Map<ContextVar<?>, Object> changed = new HashMap<>(values);
    changed.put(variable, value);
    values = changed;
  }
}
