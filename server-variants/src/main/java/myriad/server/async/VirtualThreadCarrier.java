package myriad.server.async;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A plain virtual thread a coroutine. The loop's thread and the coroutine's hand control to each
 * other, so that one of them runs at a time and blocking code blocks the loop as it does on the
 * other carrier. Uses public API only, steps well in a debugger, and costs two thread hand-overs a
 * switch.
 */
final class VirtualThreadCarrier implements Carrier {

  static final String ID = "virtual-thread";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Stack newStack(Runnable body) {
    return new ThreadStack(body);
  }

  private static final class ThreadStack implements Stack {
    private final Thread coroutine;
    private @Nullable Thread loop;
    private boolean started;
    private volatile boolean coroutineTurn;

    ThreadStack(Runnable body) {
      coroutine =
          Thread.ofVirtual()
              .name("coroutine")
              .unstarted(
                  () -> {
                    try {
                      body.run();
                    } finally {
                      giveToLoop();
                    }
                  });
    }

    @Override
    public void resume() {
      loop = Thread.currentThread();
      coroutineTurn = true;
      if (started) {
        LockSupport.unpark(coroutine);
      } else {
        started = true;
        coroutine.start();
      }
      parkUntil(false);
    }

    @Override
    public void suspend() {
      giveToLoop();
      parkUntil(true);
    }

    @Override
    public StackTraceElement[] trace() {
      return coroutine.getStackTrace();
    }

    private void giveToLoop() {
      Thread resumer = loop;
      coroutineTurn = false;
      LockSupport.unpark(resumer);
    }

    /** An interrupt is kept for the code that waits for one: here it would only spin. */
    private void parkUntil(boolean turn) {
      boolean interrupted = false;
      while (coroutineTurn != turn) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
