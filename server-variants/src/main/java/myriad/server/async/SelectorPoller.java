package myriad.server.async;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/** Waits in a {@link Selector}. */
final class SelectorPoller implements Poller {

  private static final long NANOS_A_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Selector selector;

  SelectorPoller() throws IOException {
    selector = Selector.open();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void poll(long timeoutNanos) throws IOException {
    if (timeoutNanos == 0) {
      selector.selectNow(SelectorPoller::tell);
    } else if (timeoutNanos == FOREVER) {
      selector.select(SelectorPoller::tell);
    } else {
      // Rounded up: a wait that ends before the timer is due would be followed by a second one.
      selector.select(SelectorPoller::tell, Math.ceilDiv(timeoutNanos, NANOS_A_MILLI));
    }
  }

  private static void tell(SelectionKey key) {
    if (key.isValid()) {
      ((Listener) key.attachment()).ready(key.readyOps());
    }
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public boolean hasChannels() {
    return !selector.keys().isEmpty();
  }

  @Override
  public SelectionKey register(SelectableChannel channel, Listener listener) throws IOException {
    return channel.register(selector, 0, listener);
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
