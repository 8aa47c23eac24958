package myriad.loadgen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An echo whose every answer comes a fixed time after the message was read. Its one thread never
 * sleeps, as a thread that does wakes too late by more than what is to be measured here.
 */
final class FixedDelayServer implements AutoCloseable {

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(2);

  private final ServerSocketChannel listener;
  private final InetSocketAddress address;
  private final long delayNs;
  private final List<SocketChannel> connections = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final Thread thread;
  private volatile boolean closed;

  FixedDelayServer(Duration delay) throws IOException {
    delayNs = delay.toNanos();
    listener =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    listener.configureBlocking(false);
    address = (InetSocketAddress) listener.getLocalAddress();
    thread = Thread.ofPlatform().daemon().name("fixed-delay").start(this::serve);
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    closed = true;
    while (thread.isAlive()) {
      Thread.onSpinWait();
    }
  }

  private void serve() {
    long endNs = System.nanoTime() + LONGEST_LIFE.toNanos();
    ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    try (listener) {
      while (!closed && System.nanoTime() < endNs) {
        SocketChannel accepted = listener.accept();
        if (accepted != null) {
          accepted.configureBlocking(false);
          accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
          connections.add(accepted);
        }
        connections.removeIf(connection -> hasEnded(connection, buffer));
        answerDue();
      }
      for (SocketChannel connection : connections) {
        connection.close();
      }
    } catch (IOException broken) {
      // The load sees its connections end, and its test fails.
      closed = true;
    }
  }

  private boolean hasEnded(SocketChannel connection, ByteBuffer buffer) {
    try {
      int length = connection.read(buffer.clear());
      if (length > 0) {
        byte[] bytes = new byte[length];
        buffer.flip().get(bytes);
        answers.add(new Answer(System.nanoTime() + delayNs, connection, ByteBuffer.wrap(bytes)));
      }
      answerDue();
      return length < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  private void answerDue() throws IOException {
    while (!answers.isEmpty() && answers.getFirst().dueNs <= System.nanoTime()) {
      Answer answer = answers.removeFirst();
      answer.connection.write(answer.bytes);
    }
  }

  private record Answer(long dueNs, SocketChannel connection, ByteBuffer bytes) {}
}
