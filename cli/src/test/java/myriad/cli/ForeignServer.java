package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server that is not ours, as a process of its own on loopback; ended by {@link #close}. */
final class ForeignServer implements AutoCloseable {

  /** A server that forks for each connection is not to be kept busy by being looked for. */
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(10);

  private final MyriadProcess process;

  private ForeignServer(MyriadProcess process) {
    this.process = process;
  }

  /** Starts {@code command} and waits until it takes connections at {@code address}. */
  static ForeignServer start(SocketAddress address, List<String> command) throws Exception {
    ForeignServer server = new ForeignServer(MyriadProcess.start(command));
    try {
      server.awaitListening(address);
    } catch (AssertionError | Exception e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Likewise, of a program with its arguments; skips the test where it is missing. */
  static ForeignServer start(InetSocketAddress address, String program, String arguments)
      throws Exception {
    Programs.assumeInstalled(program);
    return start(address, command(program, arguments));
  }

  /** A program and its arguments as words. */
  static List<String> command(String program, String arguments) {
    return Stream.concat(Stream.of(program), Stream.of(arguments.split(" ", -1))).toList();
  }

  /** Where nobody listens yet. */
  static InetSocketAddress freeAddress(String host) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return (InetSocketAddress) free.getLocalSocketAddress();
    }
  }

  /** An address as a target of a load. */
  static String target(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[%s]:%d" : "%s:%d").formatted(host, address.getPort());
  }

  /** What it said on standard error, to explain a failure. */
  String said() {
    return process.err().toString();
  }

  @Override
  public void close() {
    process.close();
  }

  private void awaitListening(SocketAddress address) throws Exception {
    long deadlineNs = System.nanoTime() + MyriadProcess.DEADLINE.toNanos();
    while (!isListening(address)) {
      assertThat(process.handle().isAlive()).describedAs("alive; it said %s", said()).isTrue();
      assertThat(System.nanoTime())
          .describedAs("time in which nobody listened on %s; it said %s", address, said())
          .isLessThan(deadlineNs);
      LockSupport.parkNanos(BETWEEN_PROBES.toNanos());
    }
  }

  private static boolean isListening(SocketAddress address) {
    try (SocketChannel probe =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open()) {
      return probe.connect(address);
    } catch (IOException notYet) {
      return false;
    }
  }
}
