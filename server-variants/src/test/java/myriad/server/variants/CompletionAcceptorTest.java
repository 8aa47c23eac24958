package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import myriad.server.ServerCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompletionAcceptorTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ServerCounters counters = new ServerCounters();
  private AsynchronousChannelGroup group;
  private AsynchronousServerSocketChannel listener;

  @BeforeEach
  void open() throws IOException {
    group = AsynchronousChannelGroup.withFixedThreadPool(1, Thread.ofPlatform().factory());
    listener =
        AsynchronousServerSocketChannel.open(group)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() throws IOException {
    group.shutdownNow();
    Ending.await(group, LIMIT);
  }

  /**
   * Two have connected before anything is accepted. While the only thread is held up by the first,
   * the second has been accepted by the kernel, and waits for the thread to be counted.
   */
  @Test
  void whatTheKernelAcceptedBeforeTheListenerClosedIsCountedBeforeAcceptHasEnded()
      throws Exception {
    CountDownLatch firstIsServed = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletionAcceptor acceptor =
        new CompletionAcceptor(
            listener,
            "accept-pause",
            counters,
            _ -> {
              firstIsServed.countDown();
              Ending.await(release, LIMIT);
            });
    try (SocketChannel _ = SocketChannel.open(listener.getLocalAddress());
        SocketChannel _ = SocketChannel.open(listener.getLocalAddress())) {
      acceptor.begin();
      Ending.await(firstIsServed, LIMIT);
      listener.close();

      assertThatThrownBy(() -> acceptor.awaitEnd(Duration.ofMillis(1)))
          .hasMessageContaining("accept did not end");
      release.countDown();
      acceptor.awaitEnd(LIMIT);
      assertThat(counters.snapshot().accepted()).isEqualTo(2);
    } finally {
      release.countDown();
    }
  }

  @Test
  void anAcceptThatNobodyMetEndsWithTheListener() throws Exception {
    CompletionAcceptor acceptor =
        new CompletionAcceptor(listener, "accept-pause", counters, _ -> {});
    acceptor.begin();

    listener.close();

    acceptor.awaitEnd(LIMIT);
    assertThat(counters.snapshot().accepted()).isZero();
  }
}
