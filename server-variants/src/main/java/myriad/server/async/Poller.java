package myriad.server.async;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.List;

/** Where a loop waits when it has nothing to run: for channels, for time, or to be woken. */
interface Poller extends Closeable {

  /** Waits without an end, but for a wake-up or a channel. */
  long FOREVER = Long.MAX_VALUE;

  /** The loop's clock, in nanoseconds from an arbitrary zero. */
  long nanoTime();

  /**
   * Called by the loop's thread. Tells every listener whose channel is ready; waits up to {@code
   * timeoutNanos} for the first; returns early once woken.
   */
  void poll(long timeoutNanos) throws IOException;

  /** Ends a current or the next wait. Called by any thread. */
  void wakeup();

  /** Whether a poll could find anything but time and wake-ups. */
  boolean hasChannels();

  SelectionKey register(SelectableChannel channel, Listener listener) throws IOException;

  /** The registered channels that nobody has closed. */
  List<SelectableChannel> openChannels();

  /** Closes the registered channels too: nobody could use them any more. */
  @Override
  void close() throws IOException;

  /** Told by the loop's thread, during a poll, what a channel is ready for. */
  interface Listener {
    void ready(int readyOps);
  }
}
