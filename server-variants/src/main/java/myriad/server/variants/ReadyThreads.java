package myriad.server.variants;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that run before there is work for them, so that none can be refused when there is. Each
 * takes one task, and ends with it.
 */
final class ReadyThreads implements Executor {

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  private ReadyThreads() {}

  /**
   * Starts all of them.
   *
   * @throws IOException if this process can have no thread more; then none is left
   */
  static ReadyThreads start(int count, ThreadFactory factory) throws IOException {
    ReadyThreads ready = new ReadyThreads();
    try {
      for (int i = 0; i < count; i++) {
        ready.threads.add(LoopThreads.startThread(factory.newThread(ready::runOne)));
      }
      return ready;
    } catch (IOException noThread) {
      ready.end();
      throw noThread;
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Ends those that have no task, and waits for the others, whose tasks were told to end. */
  void end() {
    threads.forEach(_ -> tasks.add(() -> {}));
    threads.forEach(thread -> Ending.await(thread, StoppableServer.CUT_OFF_LIMIT));
  }

  private void runOne() {
    try {
      tasks.take().run();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }
}
