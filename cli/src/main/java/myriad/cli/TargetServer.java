package myriad.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A server in a process of its own, started to be loaded, and always reaped: it does not outlive
 * this process. Used by one thread; only {@link #kill} may be called by others.
 */
interface TargetServer extends AutoCloseable {

  /** How long a server may take until it listens. */
  Duration READY_DEADLINE = Duration.ofSeconds(30);

  /**
   * Waits until the server accepts connections.
   *
   * @return where it listens
   * @throws IOException if it ended or did not listen within {@code deadline}; says why
   */
  InetSocketAddress awaitReady(Duration deadline) throws IOException, InterruptedException;

  /**
   * Has a server that can give back what is garbage, so that what is resident afterwards is in use.
   *
   * @return bytes of its heap in use; empty where it does not say
   * @throws IOException if it ended, or did not answer within {@code deadline}
   */
  OptionalLong settle(Duration deadline) throws IOException, InterruptedException;

  /** Of the process, once it is ready. */
  long pid();

  /** What the server counted, as far as it has told; exact after {@link #stop}. */
  Map<String, Long> counters();

  /**
   * Whether the server ended by itself, and what it said last; empty if it lives on after {@code
   * grace}, as a process that dies closes its sockets before it can be reaped.
   */
  String endedBecause(Duration grace) throws InterruptedException;

  /**
   * Asks the server to stop, waits, kills it if it does not, and reaps it.
   *
   * @return how it ended; if it had to be killed, its counters may be a second old
   */
  ServerEnd stop() throws InterruptedException;

  /** Ends the server at once. Safe for use by any thread. */
  void kill();

  /** {@link #kill}, and reaps what is left, if it was not stopped. */
  @Override
  void close();

  /** Where no process could be made, which says nothing of the server. */
  static CommandException noProcess(String reason, Exception cause) {
    return new CommandException(
        ExitCode.HOST_LIMIT,
        "no process for a server could be started: %s; see 'ulimit -u' and the memory that is free"
            .formatted(reason),
        cause);
  }
}
