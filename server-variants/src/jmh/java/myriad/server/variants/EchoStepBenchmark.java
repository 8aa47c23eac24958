package myriad.server.variants;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import myriad.server.ServerCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the server's part of a message costs where no wait is in it: the step of the selector and
 * polling loops, beside the bare system calls of it and of the peer, and the counting alone.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // Fields are set by the method that JMH calls first.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EchoStepBenchmark {

  private static final int MESSAGE_BYTES = 64;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
  private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ServerCounters counters = new ServerCounters();
  private NonBlockingEcho echo;
  private SocketChannel peer;
  private SocketChannel connection;

  @Setup
  public void connect() throws IOException {
    echo = new NonBlockingEcho(BUFFER_BYTES, counters, ByteBuffer::allocate);
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      peer = SocketChannel.open(listener.getLocalAddress());
      connection = listener.accept();
      connection.configureBlocking(false);
    }
  }

  @TearDown
  public void close() throws IOException {
    peer.close();
    connection.close();
  }

  @Benchmark
  public Object echoStep() throws IOException {
    peer.write(message.clear());
    NonBlockingEcho.Step step = echo.step(connection);
    peer.read(message.clear());
    return step;
  }

  @Benchmark
  public int systemCallsAlone() throws IOException {
    peer.write(message.clear());
    connection.read(received.clear());
    int written = connection.write(received.flip());
    peer.read(message.clear());
    return written;
  }

  @Benchmark
  public ServerCounters countingAlone() {
    counters.bytesIn(MESSAGE_BYTES);
    counters.bytesOut(MESSAGE_BYTES);
    return counters;
  }
}
