package myriad.server.variants;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.Socket;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import myriad.server.ServerCounters;
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

/**
 * What a message costs in the event loops of epoll and io_uring, with its wait, its system calls
 * and those of the peer: {@link EchoStepBenchmark#systemCallsAlone} has those of an echo alone.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // Fields are set by the method that JMH calls first.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NettyLoopBenchmark {

  private static final int MESSAGE_BYTES = 64;
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final long MOST_NS_OF_A_WAIT = Duration.ofSeconds(1).toNanos();

  @Param({"epoll", "io_uring"})
  public String transport;

  private final ServerCounters counters = new ServerCounters();
  private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
  private ManualIoEventLoop loop;
  private SocketChannel peer;

  @Setup
  public void connect() throws IOException {
    boolean epoll = transport.equals("epoll");
    IoHandlerFactory ioHandlers =
        epoll ? EpollIoHandler.newFactory() : IoUringIoHandler.newFactory();
    loop = new ManualIoEventLoop(Thread.currentThread(), ioHandlers);
    NettyTransport.EchoMaker maker = epoll ? EpollEcho::new : UringEcho::new;
    LoopEcho echo =
        maker.make(
            loop,
            BUFFER_BYTES,
            counters,
            SocketFailures::closeKind,
            ByteBufAllocator.DEFAULT::directBuffer);
    echo.serve(accept());
    loop.runNow();
  }

  private Socket accept() throws IOException {
    Socket listener = Socket.newSocketStream();
    try {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      listener.listen(1);
      peer = SocketChannel.open(listener.localAddress());
      return new Socket(listener.accept(new byte[32]));
    } finally {
      listener.close();
    }
  }

  @TearDown
  public void close() throws IOException {
    peer.close();
    Future<?> _ = loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }

  @Benchmark
  public int roundTrip() throws IOException {
    peer.write(message.clear());
    long begin = counters.snapshot().bytesOut();
    while (counters.snapshot().bytesOut() == begin) {
      loop.run(MOST_NS_OF_A_WAIT);
    }
    return peer.read(message.clear());
  }
}
