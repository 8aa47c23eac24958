package myriad.server.async;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
  public List<SelectableChannel> openChannels() {
    return selector.keys().stream()
        .map(SelectionKey::channel)
        .filter(SelectableChannel::isOpen)
        .toList();
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (SelectableChannel channel : openChannels()) {
      failure = closed(channel, failure);
    }
    // Last: it is the selector that lets the descriptors of its closed channels go.
    failure = closed(selector, failure);
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes; the first failure so far, with later ones suppressed. */
  private static @Nullable IOException closed(Closeable one, @Nullable IOException before) {
    try {
      one.close();
      return before;
    } catch (IOException failure) {
      if (before == null) {
        return failure;
      }
      before.addSuppressed(failure);
      return before;
    }
  }
}
