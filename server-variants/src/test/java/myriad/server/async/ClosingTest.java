package myriad.server.async;

import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What becomes of the coroutines and the sockets of a loop that is closed. */
class ClosingTest extends StreamsTestCase {

  private static final Duration LONG = Duration.ofHours(1);
  private static final int LIMIT_MILLIS = 20_000;

  @Test
  void aCoroutineThatWaitsRunsItsFinallyBlocks() {
    loop.createTask(
        () -> {
          try {
            sleep(LONG);
            return 1;
          } finally {
            trace("finally in " + Task.current("a test").name());
          }
        },
        "sleeper",
        Context.empty());
    runOneTurn();
    loop.close();

    assertTrace("finally in sleeper");
    assertThat(reports.getFirst().message()).startsWith("task was pending");
    assertThat(reports).hasSize(1);
  }

  @Test
  void theThreadOfACoroutineThatWaitsEnds() throws Exception {
    AtomicReference<Thread> own = new AtomicReference<>(Thread.currentThread());
    loop.createTask(
        () -> {
          own.set(Thread.currentThread());
          sleep(LONG);
          return 1;
        });
    runOneTurn();
    loop.close();

    if (carrier instanceof VirtualThreadCarrier) {
      assertThat(Objects.requireNonNull(own.get()).join(Duration.ofMillis(LIMIT_MILLIS)))
          .as("its thread ended")
          .isTrue();
    } else {
      assertThat(own.get()).isSameAs(Thread.currentThread());
    }
  }

  @Test
  void aCoroutineThatStartsToWaitAgainIsReportedAndLeftThere() {
    Future<Void> never = loop.createFuture();
    loop.createTask(
        () -> {
          while (true) {
            try {
              never.await();
            } catch (CancelledError refused) {
              trace("refused");
              Shield.of(loop.createFuture()).await();
            }
          }
        });
    runOneTurn();
    loop.close();

    assertTrace("refused");
    assertThat(reports.getLast().message()).startsWith("coroutine waits though");
  }

  @Test
  void aCoroutineThatEndsWithItsLoopStartsNothing() {
    loop.createTask(
        () -> {
          try {
            sleep(LONG);
            return 1;
          } finally {
            assertThatIllegalStateException()
                .isThrownBy(() -> loop.createTask(() -> 2))
                .withMessageContaining("closed");
            trace("checked");
          }
        });
    runOneTurn();
    loop.close();

    assertTrace("checked");
  }

  @Test
  void connectionsAndListenersAreClosed() throws Exception {
    StreamServer server =
        loop.runUntilComplete(
            () -> Streams.startServer(anyPort(), (reader, writer) -> reader.readAll()));
    InetSocketAddress address = server.address();
    try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
      peer.setSoTimeout(LIMIT_MILLIS);
      while (server.openConnections() == 0) {
        runOneTurn();
      }
      loop.close();
      assertThat(peer.getInputStream().read()).as("the end of the stream").isEqualTo(-1);
    }
    assertThat(server.isServing()).isFalse();
    assertThatIOException()
        .isThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close());
  }

  @Test
  void debugModeReportsWhatWasLeftOpen() throws Exception {
    loop.setDebug(true);
    loop.setSlowCallback(LONG);
    loop.runUntilComplete(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), (reader, writer) -> {});
          return Streams.openConnection(server.address());
        });
    loop.close();

    assertThat(reports)
        .extracting(ErrorReport::message)
        .filteredOn(message -> message.startsWith("channel was open"))
        .hasSizeGreaterThanOrEqualTo(2);
  }
}
