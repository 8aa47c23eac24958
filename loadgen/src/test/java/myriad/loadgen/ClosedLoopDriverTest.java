package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a closed loop sends, of what has come in. */
@Timeout(60)
class ClosedLoopDriverTest {

  private static final int MANY = 32;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final LoadLoop loop =
      new LoadLoop(
          LoadPlan.against(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
              .transport(Transport.NIO)
              .connections(MANY)
              .eventLoops(1)
              .arrivals(new Arrivals.ClosedLoop(Duration.ZERO))
              .build(),
          loops.next(),
          0);

  private final List<EchoedWire> wires = new ArrayList<>();
  private int sent;

  @BeforeEach
  void connect() {
    long nowNs = System.nanoTime();
    loop.startLoading(new LoadWindow(nowNs, nowNs, nowNs + TimeUnit.HOURS.toNanos(1)), 0, 1);
    for (int i = 0; i < MANY; i++) {
      EchoConnection connection = new EchoConnection(i, i, 0, loop);
      EchoedWire wire = new EchoedWire(connection);
      wires.add(wire);
      connection.connect(wire);
    }
    // A connection's first reply has it fill its pipeline at once.
    wires.forEach(EchoedWire::echo);
    sent = 0;
  }

  @AfterEach
  void end() {
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void repliesThatCameInTogetherAreReadBeforeAnythingIsSent() {
    wires.subList(0, MANY - 1).forEach(EchoedWire::echo);
    assertThat(sent).isZero();

    loop.endRound();
    loop.runDue(System.nanoTime());
    assertThat(sent).isEqualTo(MANY - 1);
  }

  @Test
  void manyRepliesAreNotWaitedForByMore() {
    wires.forEach(EchoedWire::echo);

    assertThat(sent).isEqualTo(MANY);
  }

  /** A socket whose peer echoes when the test says so. */
  private final class EchoedWire implements Wire {

    private final Listener listener;
    private final ByteBuf written = Unpooled.buffer();

    EchoedWire(Listener listener) {
      this.listener = listener;
    }

    void echo() {
      ByteBuf echo = written.readBytes(written.readableBytes());
      listener.received(echo);
      listener.receivedAll();
    }

    @Override
    public void connect() {
      listener.connected();
    }

    @Override
    public ByteBuf buffer(int bytes) {
      return written.ensureWritable(bytes);
    }

    @Override
    public void write(ByteBuf filled) {}

    @Override
    public void flush() {
      sent++;
    }

    @Override
    public void close() {}
  }
}
