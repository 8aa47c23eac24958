package myriad.server.variants;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import myriad.server.Availability;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerVariant;

/**
 * Netty's native io_uring transport: operations are queued to the kernel in shared memory, and
 * their results come back the same way.
 *
 * <p><b>What blocks:</b> only {@code io_uring_enter}, while no operation is done.
 *
 * <p><b>What wakes:</b> a completion. One system call submits all that a round of the loop wants
 * written and received, and waits for what comes next.
 *
 * <p><b>Who owns a connection:</b> the one event loop, and ring, it was handed to.
 *
 * <p><b>What a connection costs:</b> a channel with its pipeline, as with {@link Epoll}, and a
 * pending receive in the kernel. The kernel picks a buffer from the loop's ring of provided buffers
 * when data is there, so that a pending receive holds none.
 *
 * <p><b>Where it ends:</b> at the memory of the host, or at one core a loop. Many connections that
 * become ready at once can overflow the completion queue; it is sized for that.
 */
public final class IoUring implements ServerVariant {

  private static final short BUFFER_GROUP = 0;
  private static final short BUFFERS_IN_RING = 1024;
  private static final int PROVIDED_BUFFER_BYTES = 2 * 1024;

  /** Receives of 18,000 connections that are ready at once fit, each with the write it causes. */
  private static final int COMPLETION_QUEUE_ENTRIES = 65_536;

  /** What a read gets where the ring has no buffer left. */
  private static final int SMALLEST_READ_BYTES = 1024;

  /** A ring, and what wakes it. */
  private static final int DESCRIPTORS_A_LOOP = 2;

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

  @Override
  public String id() {
    return "io_uring";
  }

  @Override
  public String model() {
    return "Netty native io_uring, completions on event loops";
  }

  @Override
  public String needs() {
    return IoUringProbe.OLDEST_KERNEL
        + " or newer with io_uring enabled, Netty's native io_uring library";
  }

  @Override
  public Availability probe(ServerConfig config) {
    avoidMultishot();
    return HostLimits.ofThisHost().bear(NettyServer.demand(config, DESCRIPTORS_A_LOOP), "")
            instanceof Availability.Unavailable tooMany
        ? tooMany
        : IoUringProbe.ofThisHost().probe(IoUring::openAndCloseLoop);
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    avoidMultishot();
    return NettyServer.start(
        id(),
        new NettyTransport(
            IoUringIoHandler.newFactory(ring(config.bufferBytes())),
            IoUringServerSocketChannel.class,
            IoUringChannelOption.SO_REUSEPORT,
            IoUring::readSizes,
            Map.of(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP)),
        config);
  }

  /**
   * Keeps Netty from multishot operations, which it cannot pause. A multishot accept that failed is
   * begun again at once, asked or not: out of descriptors that is a loop at full speed. A multishot
   * receive that is cancelled for back-pressure is at times not begun again: the connection stalls.
   * Netty reads these once, for the whole JVM, when its transport is first touched.
   */
  private static void avoidMultishot() {
    System.setProperty("io.netty.iouring.acceptMultiShotEnabled", "false");
    System.setProperty("io.netty.iouring.recvMultiShotEnabled", "false");
  }

  private static AdaptiveRecvByteBufAllocator readSizes(int bufferBytes) {
    return new AdaptiveRecvByteBufAllocator(
        Math.min(SMALLEST_READ_BYTES, bufferBytes),
        Math.min(PROVIDED_BUFFER_BYTES, bufferBytes),
        bufferBytes);
  }

  private static IoUringIoHandlerConfig ring(int bufferBytes) {
    IoUringBufferRingConfig buffers =
        IoUringBufferRingConfig.builder()
            .bufferGroupId(BUFFER_GROUP)
            .bufferRingSize(BUFFERS_IN_RING)
            .batchSize(BUFFERS_IN_RING)
            .allocator(
                new IoUringFixedBufferRingAllocator(
                    ByteBufAllocator.DEFAULT, Math.min(PROVIDED_BUFFER_BYTES, bufferBytes)))
            .build();
    return new IoUringIoHandlerConfig()
        .setCqSize(COMPLETION_QUEUE_ENTRIES)
        .setBufferRingConfig(buffers);
  }

  /** What a server needs of the kernel is known once a loop has had it. */
  private static void openAndCloseLoop() throws IOException {
    io.netty.channel.uring.IoUring.ensureAvailability();
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("myriad-io_uring-probe"),
            IoUringIoHandler.newFactory(ring(ServerConfig.DEFAULT_BUFFER_BYTES)));
    try {
      Future<?> running = loop.submit(() -> {});
      if (!running.awaitUninterruptibly(PROBE_LIMIT.toMillis())) {
        throw new IOException("an event loop did not run within " + PROBE_LIMIT);
      }
    } finally {
      loop.shutdownGracefully(0, PROBE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(PROBE_LIMIT.toMillis());
    }
  }
}
