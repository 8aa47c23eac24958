package myriad.loadgen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * A server on loopback, a virtual thread a connection, that does to what it read whatever a test
 * wants. Closed, it cuts every connection off.
 */
final class TestServer implements AutoCloseable {

  /** What is done with bytes that were read from a connection. */
  @FunctionalInterface
  interface Service {
    void serve(byte[] bytes, int length, Socket connection) throws IOException;
  }

  /** Likewise, of the read with a number, from 1. */
  @FunctionalInterface
  interface NumberedService {
    void serve(int number, byte[] bytes, int length, Socket connection) throws IOException;
  }

  private final ServerSocket listener;
  private final Service service;
  private final byte[] greeting;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private final AtomicInteger accepted = new AtomicInteger();

  private TestServer(Service service, ServerSocket listener) {
    this(service, listener, new byte[0]);
  }

  private TestServer(Service service, ServerSocket listener, byte[] greeting) {
    this.service = service;
    this.listener = listener;
    this.greeting = greeting;
    Thread.ofVirtual().start(this::accept);
  }

  static TestServer echo() throws IOException {
    return serving(TestServer::echo);
  }

  static TestServer serving(Service service) throws IOException {
    return new TestServer(service, onLoopback());
  }

  /** An echo that speaks before it is spoken to. */
  static TestServer greeting(byte[] greeting) throws IOException {
    return new TestServer(TestServer::echo, onLoopback(), greeting);
  }

  static TestServer echoOn(InetAddress host) throws IOException {
    return new TestServer(TestServer::echo, new ServerSocket(0, 4096, host));
  }

  /** An echo on a listener of the test's own, which {@link #close} closes. */
  static TestServer echoOn(ServerSocket listener) {
    return new TestServer(TestServer::echo, listener);
  }

  /** An echo that cuts a connection in place of an answer, as the number of the read says. */
  static TestServer cuttingAt(IntPredicate read) throws IOException {
    return numbering(
        (number, bytes, length, connection) -> {
          if (read.test(number)) {
            connection.close();
          } else {
            echo(bytes, length, connection);
          }
        });
  }

  /** An echo that reads on after so many reads, and answers none any more. */
  static TestServer silentAfter(int reads) throws IOException {
    return numbering(
        (number, bytes, length, connection) -> {
          if (number <= reads) {
            echo(bytes, length, connection);
          }
        });
  }

  /** Does what depends on how many reads there were, of all connections, this one among them. */
  static TestServer numbering(NumberedService service) throws IOException {
    AtomicInteger reads = new AtomicInteger();
    return serving(
        (bytes, length, connection) ->
            service.serve(reads.incrementAndGet(), bytes, length, connection));
  }

  /** An echo that lets nothing through while {@code System.nanoTime} is in the given span. */
  static TestServer freezingBetween(long fromNs, long untilNs) throws IOException {
    return serving(
        (bytes, length, connection) -> {
          long nowNs = System.nanoTime();
          while (nowNs >= fromNs && nowNs < untilNs) {
            LockSupport.parkNanos(untilNs - nowNs);
            nowNs = System.nanoTime();
          }
          echo(bytes, length, connection);
        });
  }

  static void echo(byte[] bytes, int length, Socket connection) throws IOException {
    OutputStream out = connection.getOutputStream();
    out.write(bytes, 0, length);
  }

  int connectionsAccepted() {
    return accepted.get();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private static ServerSocket onLoopback() throws IOException {
    return new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      connection.getOutputStream().write(greeting);
      InputStream in = connection.getInputStream();
      byte[] bytes = new byte[64 * 1024];
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        service.serve(bytes, length, connection);
      }
    } catch (IOException gone) {
      return;
    } finally {
      connections.remove(connection);
    }
  }
}
