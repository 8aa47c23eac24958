package myriad.server.async;

/**
 * Anything that a coroutine can await: a {@link Future}, a {@link Task}, or another coroutine. A
 * coroutine is written as a lambda in plain blocking style; its code runs on the thread of a loop,
 * inside a {@link Task}, and gives way to others only where it awaits.
 *
 * @param <T> what it comes to
 */
@FunctionalInterface
public interface Awaitable<T> {

  /**
   * Runs or waits to the end, suspending the current task as often as needed. Call it inside a task
   * only.
   *
   * @throws Exception what the coroutine threw, itself, never wrapped
   * @throws CancelledError if what is awaited, or the current task, was cancelled
   */
  T await() throws Exception;
}
