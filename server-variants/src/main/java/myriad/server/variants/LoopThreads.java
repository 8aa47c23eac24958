package myriad.server.variants;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The threads of a server, one a loop: all of them, or none. */
final class LoopThreads {

  private final List<Thread> threads;

  private LoopThreads(List<Thread> threads) {
    this.threads = threads;
  }

  /**
   * Starts a thread for each loop. The first loop, which accepts, is the last to run, so that no
   * connection is handed to one that does not.
   *
   * @param prefix of the names of the threads; the number of the loop follows
   * @param endLoops has loops that run return, should a further thread not be had
   * @throws IOException if this process can have no thread more; then none is left
   */
  static LoopThreads start(String prefix, List<? extends Runnable> loops, Runnable endLoops)
      throws IOException {
    LoopThreads started = new LoopThreads(new ArrayList<>());
    try {
      for (int i = loops.size() - 1; i >= 0; i--) {
        Thread thread = Thread.ofPlatform().name(prefix + i).unstarted(loops.get(i));
        started.threads.add(startThread(thread));
      }
      return started;
    } catch (IOException noThread) {
      endLoops.run();
      started.awaitEnd(StoppableServer.CUT_OFF_LIMIT);
      throw noThread;
    }
  }

  /**
   * Starts one thread.
   *
   * @throws IOException if this process can have no thread more
   */
  static Thread startThread(Thread thread) throws IOException {
    try {
      thread.start();
      return thread;
    } catch (OutOfMemoryError noThread) {
      throw refused(thread.getName(), noThread);
    }
  }

  /** That there is no thread for {@code whom}, and what may have to be raised. */
  static IOException refused(String whom, OutOfMemoryError noThread) {
    return new IOException(
        "no thread more for %s; the limit may be %s"
            .formatted(whom, HostLimits.ofThisHost().threads().name()),
        noThread);
  }

  /** Waits for all of them to end. */
  void awaitEnd(Duration limit) {
    threads.forEach(thread -> Ending.await(thread, limit));
  }
}
