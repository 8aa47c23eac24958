package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;

/** Short loads, and what came of them. */
final class Loads {

  private Loads() {}

  /** A closed loop of half a second on ten connections, to be changed. */
  static LoadPlan.Builder shortPlan(InetSocketAddress target) {
    return LoadPlan.against(target)
        .connections(10)
        .eventLoops(1)
        .warmup(Duration.ofMillis(100))
        .duration(Duration.ofMillis(500));
  }

  static RunResult run(LoadPlan plan) throws HostLimitException {
    return new LoadRun(plan, progress -> {}).run().run();
  }

  static long counter(RunResult run, Counter counter) {
    return run.counters().getOrDefault(counter, 0L);
  }

  static LatencySummary latency(RunResult run, LatencyKind kind) {
    LatencySummary summary = run.latency().get(kind);
    assertThat(summary).as("latency of kind " + kind).isNotNull();
    return Objects.requireNonNull(summary);
  }

  /** The one kind of error that occurred, which the intervals must have too. */
  static ErrorKind onlyError(RunResult run) {
    assertThat(run.errorKinds()).hasSize(1);
    ErrorKind only = run.errorKinds().getFirst();
    long overTime =
        run.intervals().stream()
            .mapToLong(interval -> interval.errorsByKind().getOrDefault(only.counter(), 0L))
            .sum();
    assertThat(overTime).as("the intervals add up to the count").isEqualTo(only.count());
    return only;
  }

  static void assertAllAnswered(RunResult run) {
    assertThat(run.errors()).as("errors among %s", run.counters()).isZero();
    assertThat(run.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(run.messages()).isPositive();
    assertThat(counter(run, Counter.MESSAGES_ECHOED))
        .isEqualTo(counter(run, Counter.MESSAGES_SENT));
  }

  /** Answers every whole request that it reads; requests are not cut as they are short. */
  static TestServer.Service answering(String request, String reply) {
    return (bytes, length, connection) ->
        write(connection, reply.repeat(Math.ceilDiv(length, request.length())));
  }

  static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Closes a server from where nothing may be thrown. */
  static void close(TestServer server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where nobody listens. */
  static InetSocketAddress addressWithoutListener() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) free.getLocalSocketAddress();
    }
  }
}
