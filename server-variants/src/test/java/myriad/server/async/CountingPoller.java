package myriad.server.async;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.List;

/** Counts how often a loop looks for something to do: one that waits as it should looks rarely. */
final class CountingPoller implements Poller {

  private final Poller delegate;
  private int polls;

  CountingPoller(Poller delegate) {
    this.delegate = delegate;
  }

  int polls() {
    return polls;
  }

  @Override
  public long nanoTime() {
    return delegate.nanoTime();
  }

  @Override
  public void poll(long timeoutNanos) throws IOException {
    polls++;
    delegate.poll(timeoutNanos);
  }

  @Override
  public void wakeup() {
    delegate.wakeup();
  }

  @Override
  public boolean hasChannels() {
    return delegate.hasChannels();
  }

  @Override
  public SelectionKey register(SelectableChannel channel, Listener listener) throws IOException {
    return delegate.register(channel, listener);
  }

  @Override
  public List<SelectableChannel> openChannels() {
    return delegate.openChannels();
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }
}
