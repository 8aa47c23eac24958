package myriad.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.LongUnaryOperator;

/**
 * An echo on one thread, whose answers come when a test wants them to. Closed, it cuts every
 * connection off.
 */
final class TestEcho implements AutoCloseable {

  private record Answer(long dueNs, SocketChannel connection, ByteBuffer bytes)
      implements Comparable<Answer> {
    @Override
    public int compareTo(Answer other) {
      return Long.compare(dueNs, other.dueNs);
    }
  }

  private final ServerSocketChannel listener;
  private final Selector selector;
  private final LongUnaryOperator dueNs;
  private final PriorityQueue<Answer> answers = new PriorityQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private final Thread thread;
  private volatile boolean closed;

  private TestEcho(LongUnaryOperator dueNs) throws IOException {
    this.dueNs = dueNs;
    selector = Selector.open();
    listener =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    thread = Thread.ofPlatform().daemon().name("test-echo").start(this::serve);
  }

  /** Most messages are answered at once, and one in {@code oneIn} after {@code delay}. */
  static TestEcho delaying(int oneIn, Duration delay) throws IOException {
    long[] messages = {0};
    return new TestEcho(nowNs -> nowNs + (messages[0]++ % oneIn == 0 ? delay.toNanos() : 0));
  }

  /** Serves one message after the other, each for so long: what comes in faster waits its turn. */
  static TestEcho serving(Duration each) throws IOException {
    long[] freeNs = {Long.MIN_VALUE};
    return new TestEcho(nowNs -> freeNs[0] = Math.max(freeNs[0], nowNs) + each.toNanos());
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join(MyriadProcess.DEADLINE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    listener.close();
    selector.close();
  }

  private void serve() {
    try {
      while (!closed) {
        await();
        selector.selectedKeys().forEach(this::onReady);
        selector.selectedKeys().clear();
        answerDue();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Selectors wait whole milliseconds: the rest of the time until an answer is due is spun. */
  private void await() throws IOException {
    if (answers.isEmpty()) {
      selector.select();
      return;
    }
    long leftMillis = (answers.peek().dueNs - System.nanoTime()) / 1_000_000;
    if (leftMillis > 0) {
      selector.select(leftMillis);
    } else {
      selector.selectNow();
    }
  }

  private void onReady(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel connection = listener.accept();
        connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connection.configureBlocking(false).register(selector, SelectionKey.OP_READ);
      } else if (!read((SocketChannel) key.channel())) {
        key.channel().close();
      }
    } catch (IOException reset) {
      key.cancel();
    }
  }

  private boolean read(SocketChannel connection) throws IOException {
    int length = connection.read(buffer.clear());
    if (length > 0) {
      byte[] bytes = new byte[length];
      buffer.flip().get(bytes);
      long due = dueNs.applyAsLong(System.nanoTime());
      answers.add(new Answer(due, connection, ByteBuffer.wrap(bytes)));
      answerDue();
    }
    return length >= 0;
  }

  private void answerDue() throws IOException {
    while (!answers.isEmpty() && answers.peek().dueNs <= System.nanoTime()) {
      Answer answer = answers.remove();
      if (answer.connection.isOpen()) {
        answer.connection.write(answer.bytes);
      }
    }
  }
}
