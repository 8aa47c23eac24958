package myriad.server.variants;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Event loops of Netty: all that were asked for run, or none is left. */
final class NettyLoops {

  private static final Duration START_LIMIT = Duration.ofSeconds(10);

  private NettyLoops() {}

  /**
   * Starts event loops, and returns when they run. Netty would make the thread of a loop when there
   * is first work for it, and leave behind the descriptors of a loop that gets none; so the threads
   * are there before the loops.
   *
   * @param id of the variant, to name the threads
   * @throws IOException if the host refuses a thread, a descriptor or memory
   */
  static EventLoopGroup start(String id, int count, IoHandlerFactory ioHandlers)
      throws IOException {
    ReadyThreads threads =
        ReadyThreads.start(count, new DefaultThreadFactory(ThreadNames.of(id, "loop")));
    try {
      return running(new MultiThreadIoEventLoopGroup(count, threads, ioHandlers));
    } catch (RuntimeException | OutOfMemoryError | LinkageError refused) {
      threads.end();
      throw new IOException(
          ("cannot make an event loop of %s; see to free memory (-XX:MaxDirectMemorySize) and"
                  + " descriptors (ulimit -n)")
              .formatted(id),
          refused);
    }
  }

  /** Ends them, with whatever is open on them. */
  static void end(EventLoopGroup loops) {
    Future<?> _ =
        loops.shutdownGracefully(
            0, StoppableServer.CUT_OFF_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    Ending.await(loops, StoppableServer.CUT_OFF_LIMIT.multipliedBy(2));
  }

  /** A loop has buffers of its own made when it begins, and ends if there is no memory for them. */
  private static EventLoopGroup running(EventLoopGroup loops) {
    try {
      for (EventExecutor loop : loops) {
        begun(loop).orTimeout(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
      }
      return loops;
    } catch (CompletionException | IllegalStateException refused) {
      end(loops);
      throw refused;
    }
  }

  /** A loop that fails as it begins runs its tasks all the same, but as one that ends. */
  private static CompletableFuture<Void> begun(EventExecutor loop) {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    loop.execute(
        () -> {
          if (loop.isShuttingDown()) {
            begun.completeExceptionally(new IOException("an event loop failed as it began"));
          } else {
            begun.complete(null);
          }
        });
    return begun;
  }
}
