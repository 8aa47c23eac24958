package myriad.server.variants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.VariantCatalog;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What one message costs from end to end, over one connection, in the same process. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // Fields are set by the method that JMH calls first.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoundTripBenchmark {

  private static final int MESSAGE_BYTES = 64;

  @Param({
    "sequential",
    "prefork",
    "thread-per-connection",
    "thread-pool",
    "busy-poll",
    "nio-selector",
    "nio2-completion",
    "epoll",
    "io_uring",
    "virtual-threads",
    "async-tasks"
  })
  public String variant = "";

  private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
  private RunningServer server;
  private SocketChannel client;

  @Setup
  public void start() throws IOException {
    server = VariantCatalog.find(variant).orElseThrow().start(ServerConfig.loopback());
    client = SocketChannel.open(server.address());
  }

  @TearDown
  public void stop() throws IOException {
    client.close();
    server.close();
  }

  @Benchmark
  public int roundTrip() throws IOException {
    message.clear();
    client.write(message);
    message.clear();
    while (message.hasRemaining()) {
      client.read(message);
    }
    return message.position();
  }
}
