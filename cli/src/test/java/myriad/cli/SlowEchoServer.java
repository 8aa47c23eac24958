package myriad.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An echo server that takes its time: {@code SlowEchoServer PORT MICROS [MESSAGES]}. One lock for
 * all connections makes it one server, as slow as asked; after so many messages it dies. It sleeps
 * that time, and so leaves the CPUs to the generator.
 */
final class SlowEchoServer {

  private static final AtomicLong MESSAGES = new AtomicLong();

  private SlowEchoServer() {}

  public static void main(String[] arguments) throws IOException {
    long waitNs = Long.parseLong(arguments[1]) * 1_000;
    long dieAfter = arguments.length > 2 ? Long.parseLong(arguments[2]) : Long.MAX_VALUE;
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(arguments[0]), 128, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket connection = server.accept();
        Thread.ofPlatform().daemon().start(() -> echo(connection, waitNs, dieAfter));
      }
    }
  }

  private static void echo(Socket connection, long waitNs, long dieAfter) {
    byte[] buffer = new byte[64];
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        await(waitNs);
        if (MESSAGES.incrementAndGet() > dieAfter) {
          Runtime.getRuntime().halt(7);
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // the peer is gone
    }
  }

  private static synchronized void await(long nanos) {
    long untilNs = System.nanoTime() + nanos;
    for (long leftNs = nanos; leftNs > 0; leftNs = untilNs - System.nanoTime()) {
      LockSupport.parkNanos(leftNs);
    }
  }
}
