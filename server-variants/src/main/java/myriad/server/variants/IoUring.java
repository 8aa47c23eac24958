package myriad.server.variants;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
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
 * <p><b>What wakes:</b> a completion: of the poll that stays registered for each socket, upon which
 * a receive is queued, or of a receive or send. One system call submits all that a round of the
 * loop wants written and received, and waits for what comes next.
 *
 * <p><b>Who owns a connection:</b> the one event loop, and ring, it was handed to.
 *
 * <p><b>What a connection costs:</b> a handle of the loop, as with {@link Epoll}, and a pending
 * poll in the kernel. A receive is queued only when data is there, into one of a few buffers of the
 * loop, so that an idle connection holds none: {@link UringEcho}.
 *
 * <p><b>Where it ends:</b> at the memory of the host, or at one core a loop. Many connections that
 * become ready at once can overflow the completion queue; it is sized for that.
 *
 * <p><b>What was measured, with Netty's channels, and left out</b> (server-variants/PROFILE.md): a
 * ring of provided buffers, with which a receive waits in the kernel by itself. Received once, each
 * message has a poll armed and taken away for it, and the ring costs a tenth of the messages a
 * second. With multishot receives it is as fast as this, but Netty cannot pause them: one that
 * finds no buffer is begun again even where its connection is not to be read from, and 40 slow
 * readers made a server grow by 8 MB each, up to its limit.
 */
public final class IoUring implements ServerVariant {

  /** Completions of 18,000 connections that are ready at once fit: a poll, a read, and a write. */
  private static final int COMPLETION_QUEUE_ENTRIES = 65_536;

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
    return HostLimits.ofThisHost().bear(NettyServer.demand(config, DESCRIPTORS_A_LOOP), "")
            instanceof Availability.Unavailable tooMany
        ? tooMany
        : IoUringProbe.ofThisHost().probe(IoUring::openAndCloseLoop);
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    return NettyServer.start(
        id(),
        new NettyTransport(IoUringIoHandler.newFactory(ring()), UringListener::new, UringEcho::new),
        config);
  }

  private static IoUringIoHandlerConfig ring() {
    return new IoUringIoHandlerConfig().setCqSize(COMPLETION_QUEUE_ENTRIES);
  }

  /** What a server needs of the kernel is known once a loop has had it. */
  private static void openAndCloseLoop() throws IOException {
    io.netty.channel.uring.IoUring.ensureAvailability();
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("myriad-io_uring-probe"),
            IoUringIoHandler.newFactory(ring()));
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
