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
   * Stops listening at once, goes on serving open connections until their peers have finished, and
   * cuts off those still open when {@code deadline} has passed, or when the calling thread is
   * interrupted. On return no thread and no descriptor of this server is left, and its port is
   * free. A second call answers as the first did.
   */
  StopOutcome stop(Duration deadline);

  /** {@link #stop} with nothing granted to open connections. */
  @Override
  default void close() {
    stop(Duration.ZERO);
  }

  /** How a server ended. */
  enum StopOutcome {
    /** No connection was open, or the peers of all of them finished within the deadline. */
    GRACEFUL,
    /** Connections were cut off when the deadline passed. */
    FORCED
  }
}
