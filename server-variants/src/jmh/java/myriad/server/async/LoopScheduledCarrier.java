package myriad.server.async;

import java.lang.reflect.Constructor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * The carrier that was measured and not taken: a virtual thread a coroutine, whose scheduler is the
 * loop. Kept where its figures can be had again. Needs {@code java.lang} opened.
 */
final class LoopScheduledCarrier implements Carrier {

  private final Deque<Runnable> scheduled = new ArrayDeque<>();
  private final Constructor<?> builder;

  LoopScheduledCarrier() {
    try {
      builder =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      builder.setAccessible(true);
    } catch (ReflectiveOperationException hidden) {
      throw new UnsupportedOperationException(hidden);
    }
  }

  @Override
  public String id() {
    return "loop-scheduled";
  }

  @Override
  public Stack newStack(Runnable body) {
    try {
      Executor scheduler = scheduled::add;
      Thread.Builder.OfVirtual threads = (Thread.Builder.OfVirtual) builder.newInstance(scheduler);
      return new LoopScheduledStack(threads.unstarted(body));
    } catch (ReflectiveOperationException hidden) {
      throw new UnsupportedOperationException(hidden);
    }
  }

  private final class LoopScheduledStack implements Stack {
    private final Thread thread;
    private boolean started;

    LoopScheduledStack(Thread thread) {
      this.thread = thread;
    }

    @Override
    public void resume() {
      if (started) {
        LockSupport.unpark(thread);
      } else {
        started = true;
        thread.start();
      }
      scheduled.remove().run();
    }

    @Override
    public void suspend() {
      LockSupport.park();
    }

    @Override
    public StackTraceElement[] trace() {
      return thread.getStackTrace();
    }
  }
}
