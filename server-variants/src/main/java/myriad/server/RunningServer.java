package myriad.server;

import java.net.InetSocketAddress;
import java.time.Duration;

/** A server that accepts connections until it is stopped. Safe for use by any thread. */
public interface RunningServer extends AutoCloseable {

  /** Where it listens, with the port that was bound. */
  InetSocketAddress address();

  /** What the server saw of its connections; live. */
  ServerCounters counters();

  /**
   * Stops listening at once, lets open connections finish what is in flight, and closes them at the
   * latest when {@code deadline} has passed. On return no thread and no descriptor of this server
   * is left, and its port is free. A second call answers as the first did.
   */
  StopOutcome stop(Duration deadline);

  /** {@link #stop} with nothing granted to open connections. */
  @Override
  default void close() {
    stop(Duration.ZERO);
  }

  /** How a server ended. */
  enum StopOutcome {
    /** No connection was open, or all of them finished within the deadline. */
    GRACEFUL,
    /** Connections were cut off when the deadline passed. */
    FORCED
  }
}
