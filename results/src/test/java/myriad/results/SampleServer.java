package myriad.results;

import java.util.List;

/**
 * An invented server, that behaves as one of its model does.
 *
 * @param thousandsASecond capacity
 * @param baseMicros service time with one connection
 * @param spread sigma of the log-normal service time
 * @param mostConnections that it can serve at once
 */
record SampleServer(
    String id,
    String model,
    double thousandsASecond,
    double baseMicros,
    double spread,
    int mostConnections) {

  static final List<SampleServer> ALL =
      List.of(
          new SampleServer(
              "sequential", "one blocking thread, one connection at a time", 31, 40, 0.3, 1),
          new SampleServer("prefork", "N processes, each blocking", 52, 30, 0.4, 64),
          new SampleServer(
              "thread-per-connection", "one platform thread a connection", 66, 35, 0.5, 32_000),
          new SampleServer("thread-pool", "bounded pool, blocking", 58, 34, 0.6, 200),
          new SampleServer(
              "busy-poll", "non-blocking sockets polled round and round", 41, 90, 0.7, 100_000),
          new SampleServer(
              "nio-selector", "Selector, callbacks, event loops", 92, 22, 0.35, 1_000_000),
          new SampleServer("nio2-completion", "completion handlers", 71, 28, 0.5, 1_000_000),
          new SampleServer("epoll", "Netty native epoll", 101, 20, 0.3, 1_000_000),
          new SampleServer("io_uring", "Netty native io_uring", 99, 21, 0.33, 1_000_000),
          new SampleServer(
              "virtual-threads", "JDK virtual thread a connection", 78, 26, 0.45, 1_000_000),
          new SampleServer("async-tasks", "coroutines on an event loop", 84, 24, 0.4, 1_000_000));

  int served(int connections) {
    return Math.min(connections, mostConnections);
  }

  double messagesPerSecond(int connections) {
    int served = served(connections);
    return 1_000 * thousandsASecond * served / (served + 3.0) / (1 + served / 40_000.0);
  }

  double medianMicros(int connections) {
    return baseMicros + served(connections) * 1e6 / messagesPerSecond(connections);
  }

  double bytesPerConnection() {
    return id.contains("thread-p") ? 34_000 : id.startsWith("virtual") ? 6_500 : 2_800;
  }
}
