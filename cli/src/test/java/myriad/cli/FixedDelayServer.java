package myriad.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * An echo whose every answer comes a fixed time after the message was read, in a process of its
 * own, so that neither its compiler nor its collector competes with what measures it. Each
 * connection has a thread, which sleeps until shortly before its answer is due: so the threads may
 * share a CPU with what measures them, and be put first there ({@link RealTime}). A connection is
 * to have one message under way at a time.
 */
final class FixedDelayServer implements AutoCloseable {

  /** Compiled once and quickly, and no collection within minutes: nothing comes in between. */
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:+UseSerialGC", "-Xmn512m", "-Xmx640m", "-XX:TieredStopAtLevel=1");

  private static final String START = "start";
  private static final String TELL = "tell";
  private static final String DELAYS = "delays";

  private final MyriadProcess process;
  private final String address;

  private FixedDelayServer(MyriadProcess process) throws InterruptedException {
    this.process = process;
    address = process.awaitOut(line -> true);
  }

  /**
   * Starts one on a port of loopback.
   *
   * @param launcher words before its command line, such as those of {@code taskset}
   */
  static FixedDelayServer onTcp(Duration delay, String... launcher) throws InterruptedException {
    return start(delay, List.of(), launcher);
  }

  /** Likewise, on a Unix domain socket, which it makes. */
  static FixedDelayServer onUnixSocket(Duration delay, Path socket, String... launcher)
      throws InterruptedException {
    return start(delay, List.of(socket.toString()), launcher);
  }

  private static FixedDelayServer start(Duration delay, List<String> socket, String... launcher)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(JVM_OPTIONS);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            FixedDelayServer.class.getName(),
            Long.toString(delay.toNanos())));
    command.addAll(socket);
    return new FixedDelayServer(MyriadProcess.start(command));
  }

  /** As {@code myriad load} takes it. */
  String address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  /** Forgets the delays so far. */
  void startMeasuring() throws IOException {
    process.writeLine(START);
  }

  /** What its own clock says of its delays since {@link #startMeasuring}, or ever; asked once. */
  Delays delays() throws Exception {
    process.writeLine(TELL);
    String[] told = process.awaitOut(line -> line.startsWith(DELAYS)).split(" ", -1);
    return new Delays(Long.parseLong(told[1]), Long.parseLong(told[2]));
  }

  /** Times from a read until its answer was written. */
  record Delays(long p50Ns, long p99Ns) {}

  @Override
  public void close() {
    process.close();
  }

  /** Serves until its standard input ends. Says its address. */
  public static void main(String[] arguments) throws IOException {
    Serving serving = new Serving(Long.parseLong(arguments[0]), new Recorder(3));
    Thread.ofPlatform().daemon().start(() -> obey(serving.delaysNs));
    if (arguments.length > 1) {
      UnixDomainSocketAddress socket = UnixDomainSocketAddress.of(arguments[1]);
      serving.run(StandardProtocolFamily.UNIX, socket);
    } else {
      serving.run(
          StandardProtocolFamily.INET, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
  }

  private static void obey(Recorder delaysNs) {
    try (BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        Histogram since = delaysNs.getIntervalHistogram();
        if (line.equals(TELL)) {
          System.out.printf(
              "%s %d %d%n", DELAYS, since.getValueAtPercentile(50), since.getValueAtPercentile(99));
        }
      }
    } catch (IOException broken) {
      // Its parent is gone.
    }
    Runtime.getRuntime().halt(0);
  }

  private record Serving(long delayNs, Recorder delaysNs) {

    /** As late as a thread wakes, by what a virtual CPU's timer was seen to be late. */
    private static final long AWAKE_BEFORE_NS = 25_000;

    void run(StandardProtocolFamily family, SocketAddress address) throws IOException {
      try (ServerSocketChannel listener = ServerSocketChannel.open(family).bind(address, 1024)) {
        System.out.println(inWords(listener.getLocalAddress()));
        while (true) {
          SocketChannel connection = listener.accept();
          if (family == StandardProtocolFamily.INET) {
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
          }
          Thread.ofPlatform().daemon().start(() -> serve(connection));
        }
      }
    }

    private static String inWords(SocketAddress address) {
      return switch (address) {
        case InetSocketAddress port -> "127.0.0.1:" + port.getPort();
        default -> "unix:" + address;
      };
    }

    private void serve(SocketChannel connection) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
      try (connection) {
        while (connection.read(bytes.clear()) > 0) {
          long readNs = System.nanoTime();
          awaitDue(readNs + delayNs);
          connection.write(bytes.flip());
          delaysNs.recordValue(System.nanoTime() - readNs);
        }
      } catch (IOException reset) {
        // Its peer is gone.
      }
    }

    private static void awaitDue(long dueNs) {
      long leftNs = dueNs - System.nanoTime();
      while (leftNs > 0) {
        if (leftNs > AWAKE_BEFORE_NS) {
          LockSupport.parkNanos(leftNs - AWAKE_BEFORE_NS);
        } else {
          Thread.onSpinWait();
        }
        leftNs = dueNs - System.nanoTime();
      }
    }
  }
}
