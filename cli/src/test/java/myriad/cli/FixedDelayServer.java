package myriad.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * An echo whose every answer comes a fixed time after the message was read, in a process of its
 * own, so that neither its compiler nor its collector competes with what measures it. Its one
 * thread never sleeps, as one that does wakes too late by more than what is to be measured here: it
 * needs a CPU to itself.
 */
final class FixedDelayServer implements AutoCloseable {

  /** Compiled once and quickly, and no collection within minutes: nothing comes in between. */
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:+UseSerialGC", "-Xmn512m", "-Xmx640m", "-XX:TieredStopAtLevel=1");

  private static final String START = "start";
  private static final String TELL = "tell";

  private final MyriadProcess process;
  private final int port;

  private FixedDelayServer(MyriadProcess process) throws InterruptedException {
    this.process = process;
    port = Integer.parseInt(process.awaitOut(line -> true));
  }

  /**
   * Starts one.
   *
   * @param launcher words before its command line, such as those of {@code taskset}
   */
  static FixedDelayServer start(Duration delay, String... launcher) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(JVM_OPTIONS);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            FixedDelayServer.class.getName(),
            Long.toString(delay.toNanos())));
    return new FixedDelayServer(MyriadProcess.start(command));
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Forgets the delays so far. */
  void startMeasuring() throws IOException {
    process.writeLine(START);
  }

  /** What its own clock says of its delays since {@link #startMeasuring}, or ever, in words. */
  String delays() throws Exception {
    process.writeLine(TELL);
    return process.awaitOut(line -> line.contains("p99"));
  }

  @Override
  public void close() {
    process.close();
  }

  /** Serves until its standard input ends. Says its port. */
  public static void main(String[] arguments) throws IOException {
    Recorder delaysNs = new Recorder(3);
    Thread.ofPlatform().daemon().start(() -> obey(delaysNs));
    try (Serving serving = new Serving(Long.parseLong(arguments[0]), delaysNs)) {
      System.out.println(serving.listener.socket().getLocalPort());
      serving.run();
    }
  }

  private static void obey(Recorder delaysNs) {
    try (BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        Histogram since = delaysNs.getIntervalHistogram();
        if (line.equals(TELL)) {
          System.out.printf(
              "p50 %.3f ms, p99 %.3f ms, longest %.3f ms%n",
              since.getValueAtPercentile(50) / 1e6,
              since.getValueAtPercentile(99) / 1e6,
              since.getMaxValue() / 1e6);
        }
      }
    } catch (IOException broken) {
      // Its parent is gone.
    }
    Runtime.getRuntime().halt(0);
  }

  private record Answer(long readNs, SocketChannel connection, ByteBuffer bytes) {}

  private static final class Serving implements AutoCloseable {

    private static final long AWAKE_BEFORE_NS = 300_000;
    private static final long LONGEST_SLEEP_MILLIS = 1_000;

    private final long delayNs;
    private final Recorder delaysNs;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

    Serving(long delayNs, Recorder delaysNs) throws IOException {
      this.delayNs = delayNs;
      this.delaysNs = delaysNs;
      listener =
          ServerSocketChannel.open()
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    }

    void run() throws IOException {
      while (true) {
        answerDue();
        await();
      }
    }

    /** Selectors wait whole milliseconds, and end late: the rest until an answer is due is spun. */
    private void await() throws IOException {
      long leftMillis =
          answers.isEmpty()
              ? LONGEST_SLEEP_MILLIS
              : (nextDueNs() - System.nanoTime() - AWAKE_BEFORE_NS) / 1_000_000;
      if (leftMillis > 0) {
        selector.select(this::onReady, leftMillis);
      } else {
        selector.selectNow(this::onReady);
      }
    }

    private long nextDueNs() {
      return answers.getFirst().readNs + delayNs;
    }

    private void onReady(SelectionKey key) {
      try {
        if (key.isAcceptable()) {
          SocketChannel connection = listener.accept();
          connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
          connection.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        } else {
          read((SocketChannel) key.channel());
        }
        answerDue();
      } catch (IOException reset) {
        key.cancel();
      }
    }

    private void read(SocketChannel connection) throws IOException {
      int length = connection.read(buffer.clear());
      if (length < 0) {
        connection.close();
      } else if (length > 0) {
        long readNs = System.nanoTime();
        byte[] bytes = new byte[length];
        buffer.flip().get(bytes);
        answers.add(new Answer(readNs, connection, ByteBuffer.wrap(bytes)));
      }
    }

    private void answerDue() throws IOException {
      while (!answers.isEmpty() && nextDueNs() <= System.nanoTime()) {
        Answer answer = answers.removeFirst();
        if (answer.connection.isOpen()) {
          answer.connection.write(answer.bytes);
          delaysNs.recordValue(System.nanoTime() - answer.readNs);
        }
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      selector.close();
    }
  }
}
