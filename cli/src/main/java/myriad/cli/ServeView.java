package myriad.cli;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.OptionalLong;

/** Shows a server in the foreground: {@link #ready} once, then counters, then {@link #stopped}. */
interface ServeView {

  void ready(String variant, InetSocketAddress address);

  /**
   * Garbage was collected; see {@link ServerProcess#settle}.
   *
   * @param heapBytes in use afterwards, by this process
   */
  void settled(OptionalLong heapBytes);

  /** The counters now, about once a second; see {@link CounterNames}. */
  void counters(Map<String, Long> counters);

  /**
   * The last word.
   *
   * @param graceful no connection had to be cut off
   */
  void stopped(Map<String, Long> counters, boolean graceful);
}
