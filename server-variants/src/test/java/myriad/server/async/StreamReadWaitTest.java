package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Tasks that wait for what a stream receives, and what they meet when it closes or is lost. */
class StreamReadWaitTest extends StreamsTestCase {

  /** Far longer than any of this takes; a read that waits for ever fails by it. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void closingWakesATaskThatReads() throws Exception {
    converse(
        (reader, writer) -> sleep(ms(200)),
        (reader, writer) -> {
          Task<byte[]> reading = createTask(() -> reader.read(10));
          turns(2);
          writer.close();
          assertThat(reading.await()).isEmpty();
        });
  }

  @Test
  void twoTasksMayNotReadFromOneStream() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          Task<byte[]> first = createTask(() -> reader.read(10));
          turns(2);
          assertThatIllegalStateException()
              .isThrownBy(() -> reader.read(10))
              .withMessageContaining("one at a time");
          writer.write(bytes("x"));
          assertThat(first.await()).isEqualTo(bytes("x"));
        });
  }

  @Test
  void allReadsOfAConnectionWaitForTheSameFuture() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          Task<byte[]> first = createTask(() -> reader.read(1));
          turn();
          Future<?> waited = first.waitingOn();
          writer.write(bytes("x"));
          first.await();
          Task<byte[]> second = createTask(() -> reader.read(1));
          turn();
          assertThat(second.waitingOn()).isNotNull().isSameAs(waited);
          writer.write(bytes("y"));
          assertThat(second.await()).isEqualTo(bytes("y"));
        });
  }

  @Test
  void aReadMayBeTimedOutAndTriedAgain() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(() -> Async.timeout(ms(10), () -> reader.read(10)));
          writer.write(bytes("again"));
          assertThat(reader.readExactly(5)).isEqualTo(bytes("again"));
        });
  }

  @Test
  void aSocketThatIsAlwaysReadyStarvesNobody() throws Exception {
    converse(
        (reader, writer) -> {
          while (true) {
            writer.write(new byte[10_000]);
            writer.drain();
          }
        },
        (reader, writer) -> {
          Task<Void> greedy =
              createTask(
                  () -> {
                    while (true) {
                      reader.read(100);
                    }
                  });
          for (int i = 0; i < 20; i++) {
            sleep(ms(1));
          }
          assertThat(greedy.isDone()).isFalse();
          greedy.cancel();
        });
  }

  @Test
  void readAfterClosingIsTheEndOfTheStream() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          writer.close();
          assertThat(Async.timeout(LIMIT, () -> reader.read(10))).isEmpty();
          assertThat(reader.isAtEnd()).isTrue();
        });
  }

  @Test
  void whatWasReceivedBeforeClosingCanStillBeRead() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("abc")),
        (reader, writer) -> {
          reader.readUntil(bytes("a"));
          writer.close();
          assertThat(Async.timeout(LIMIT, () -> reader.readAll())).isEqualTo(bytes("bc"));
        });
  }

  @Test
  void closingWakesATaskThatReadsThoughMuchIsUnsent() throws Exception {
    converse(
        (reader, writer) -> sleep(ms(1_000_000)),
        (reader, writer) -> {
          Task<byte[]> reading = createTask(() -> reader.read(10));
          turns(2);
          writer.write(new byte[20 * MIB]);
          writer.close();
          assertThat(Async.waitFor(reading, LIMIT)).isEmpty();
        });
  }

  @Test
  void readAfterALossThrowsIt() throws Exception {
    withPeerThatResets(
        (reader, writer) -> {
          writer.write(bytes("x"));
          IOException loss = catchThrowableOfType(IOException.class, () -> reader.read(10));
          assertThat(loss).as("what the first read throws").isNotNull();
          assertThatThrownBy(() -> reader.read(10)).isSameAs(loss);
          assertThatThrownBy(reader::readAll).isSameAs(loss);
          assertThatThrownBy(() -> reader.readExactly(1)).isSameAs(loss);
          assertThatThrownBy(reader::readLine).isSameAs(loss);
        });
  }

  /** The kernel tells of a reset once: after the write was told, a read finds an end. */
  @Test
  void aTaskThatReadsSeesTheResetThatAWriteMet() throws Exception {
    withPeerThatResets(
        (reader, writer) -> {
          Task<byte[]> reading = createTask(() -> reader.read(10));
          turns(2);
          while (!writer.isClosing()) {
            writer.write(bytes("x"));
          }
          assertThatIOException().isThrownBy(() -> Async.waitFor(reading, LIMIT));
        });
  }
}
