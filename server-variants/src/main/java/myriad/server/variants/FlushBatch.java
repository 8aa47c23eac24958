package myriad.server.variants;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Flushes of an event loop's connections, done together: at the latest when the loop has looked at
 * all that its last wait brought. Messages are so read one behind another, and then written one
 * behind another, as in {@link EchoBatch} and for its reason. Used by the loop's thread.
 */
final class FlushBatch implements Runnable {

  /** From here on more gains nothing, and the first peer would wait for the last. */
  static final int MOST_FLUSHES = 16;

  private final ChannelHandlerContext[] waiting = new ChannelHandlerContext[MOST_FLUSHES];
  private int flushes;
  private boolean scheduled;

  /** Adds connections to the batch of their loop; called on it. */
  static Consumer<ChannelHandlerContext> ofEachLoop() {
    FastThreadLocal<FlushBatch> batches =
        new FastThreadLocal<>() {
          @Override
          protected FlushBatch initialValue() {
            return new FlushBatch();
          }
        };
    return connection -> batches.get().add(connection);
  }

  /** Flushes what was written on {@code connection}, now or when the loop has read from others. */
  void add(ChannelHandlerContext connection) {
    if (!scheduled) {
      scheduled = true;
      connection.executor().execute(this);
    }
    waiting[flushes] = connection;
    flushes++;
    if (flushes == MOST_FLUSHES) {
      flushAll();
    }
  }

  /** Runs as a task of the loop, which it does when it has handled its events. */
  @Override
  public void run() {
    scheduled = false;
    flushAll();
  }

  private void flushAll() {
    for (int i = 0; i < flushes; i++) {
      waiting[i].flush();
    }
    Arrays.fill(waiting, 0, flushes, null);
    flushes = 0;
  }
}
