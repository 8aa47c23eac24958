package myriad.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An echo server that takes its time: {@code SlowEchoServer PORT MICROS [MESSAGES]}. One lock for
 * all connections makes it one server, as slow as asked; after so many messages it dies.
 */
final class SlowEchoServer {

  private static final AtomicLong MESSAGES = new AtomicLong();

  private SlowEchoServer() {}

  public static void main(String[] arguments) throws IOException {
    long burnNs = Long.parseLong(arguments[1]) * 1_000;
    long dieAfter = arguments.length > 2 ? Long.parseLong(arguments[2]) : Long.MAX_VALUE;
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(arguments[0]), 128, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket connection = server.accept();
        Thread.ofPlatform().daemon().start(() -> echo(connection, burnNs, dieAfter));
      }
    }
  }

  private static void echo(Socket connection, long burnNs, long dieAfter) {
    byte[] buffer = new byte[64];
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        burn(burnNs);
        if (MESSAGES.incrementAndGet() > dieAfter) {
          Runtime.getRuntime().halt(7);
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // the peer is gone
    }
  }

  private static synchronized void burn(long nanos) {
    long untilNs = System.nanoTime() + nanos;
    while (System.nanoTime() < untilNs) {
      Thread.onSpinWait();
    }
  }
}
