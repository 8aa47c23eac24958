package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StreamWriterTest extends StreamsTestCase {

  @Test
  void halfCloseEndsOneDirectionOnly() throws Exception {
    converse(
        (reader, writer) -> {
          byte[] all = reader.readAll();
          writer.write(bytes("got " + all.length));
          writer.close();
        },
        (reader, writer) -> {
          writer.write(new byte[10_000]);
          writer.writeEnd();
          assertThat(reader.readAll()).isEqualTo(bytes("got 10000"));
        });
  }

  @Test
  void writingAfterTheEndIsRefused() throws Exception {
    converse(
        (reader, writer) -> reader.readAll(),
        (reader, writer) -> {
          writer.writeEnd();
          assertThatIllegalStateException()
              .isThrownBy(() -> writer.write(bytes("more")))
              .withMessageContaining("after writeEnd");
        });
  }

  @Test
  void drainDoesNotWaitBelowTheHighWaterMark() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          writer.write(bytes("little"));
          loop.callSoon(() -> trace("other"));
          writer.drain();
          assertTrace();
        });
  }

  @Test
  void drainWaitsAboveTheHighWaterMarkUntilTheLowOneIsReached() throws Exception {
    converse(
        (reader, writer) -> {
          sleep(ms(30));
          reader.readAll();
        },
        (reader, writer) -> {
          writer.setWriteBufferLimits(100_000, 1_000);
          writer.write(new byte[20 * MIB]);
          assertThat(writer.isPaused()).isTrue();
          assertThat(writer.unsentBytes()).isGreaterThan(100_000);
          writer.drain();
          assertThat(writer.isPaused()).isFalse();
          assertThat(writer.unsentBytes()).isLessThanOrEqualTo(1_000);
        });
  }

  @Test
  void cancellingOneThatDrainsLeavesTheOtherWaiting() throws Exception {
    converse(
        (reader, writer) -> {
          sleep(ms(50));
          reader.readAll();
        },
        (reader, writer) -> {
          writer.write(new byte[20 * MIB]);
          Task<Void> one = createTask(writer::drain);
          Task<Void> two = createTask(writer::drain);
          turns(2);
          one.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(one::await);
          assertThat(two.isDone()).isFalse();
          two.await();
        });
  }

  @Test
  void closeSendsWhatIsStillUnsent() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(new byte[20 * MIB]);
          writer.close();
          writer.waitClosed();
        },
        (reader, writer) -> assertThat(reader.readAll()).hasSize(20 * MIB));
  }

  @Test
  void abortDropsWhatIsUnsent() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(new byte[20 * MIB]);
          writer.abort();
          assertThat(writer.unsentBytes()).isZero();
        },
        (reader, writer) -> {
          int received = 0;
          for (byte[] part = reader.read(MIB); part.length > 0; part = reader.read(MIB)) {
            received += part.length;
          }
          assertThat(received).isLessThan(20 * MIB);
        });
  }

  @Test
  void aResetIsThrownByReadAndByDrain() throws Exception {
    withPeerThatResets(
        (reader, writer) -> {
          writer.write(bytes("x"));
          assertThatIOException().isThrownBy(() -> reader.read(10));
          assertThatIOException().isThrownBy(writer::drain);
          assertThat(writer.isClosing()).isTrue();
        });
  }

  @Test
  void writingToALostConnectionDoesNothing() throws Exception {
    withPeerThatResets(
        (reader, writer) -> {
          writer.write(bytes("x"));
          assertThatIOException().isThrownBy(() -> reader.read(10));
          writer.write(bytes("y"));
          assertThat(writer.unsentBytes()).isZero();
        });
  }

  @Test
  void writingAfterClosingIsRefused() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          writer.close();
          assertThatIllegalStateException()
              .isThrownBy(() -> writer.write(bytes("more")))
              .withMessageContaining("after close");
        });
  }

  @Test
  void drainAfterClosingSaysThatTheConnectionIsClosed() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          writer.close();
          assertThatExceptionOfType(SocketException.class)
              .isThrownBy(writer::drain)
              .withMessageContaining("closed");
        });
  }

  @Test
  void drainWaitsWhileAClosedWriterStillSends() throws Exception {
    converse(
        (reader, writer) -> {
          sleep(ms(30));
          reader.readAll();
        },
        (reader, writer) -> {
          writer.write(new byte[20 * MIB]);
          writer.close();
          writer.drain();
          assertThat(writer.unsentBytes()).isLessThan(20 * MIB);
        });
  }

  @Test
  void writeEndAfterClosingDoesNothing() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) -> {
          writer.close();
          writer.writeEnd();
          writer.waitClosed();
        });
  }

  @Test
  void waterMarksAreValidated() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.setWriteBufferLimits(1, 2))
                .withMessageContaining("high >= low"));
  }

  @Test
  void aBufferOutsideTheHeapIsWrittenAsItIs() throws Exception {
    converse(
        (reader, writer) -> {
          ByteBuffer received = reader.readShared(100);
          writer.write(received);
          assertThat(received.hasRemaining()).as("taken or copied").isFalse();
        },
        (reader, writer) -> {
          writer.write(bytes("abc"));
          assertThat(reader.readExactly(3)).isEqualTo(bytes("abc"));
        });
  }

  /** The JDK keeps what it copies into outside of the heap: it grows by the longest write. */
  @Test
  void aLongWriteTakesLittleMemoryOutsideTheHeap() throws Exception {
    long[] grown = new long[1];
    converse(
        (reader, writer) -> {
          long before = bytesOutsideTheHeap();
          writer.setWriteBufferLimits(0, 0);
          writer.write(new byte[20 * MIB]);
          writer.drain();
          grown[0] = bytesOutsideTheHeap() - before;
          writer.close();
        },
        (reader, writer) -> assertThat(reader.readAll()).hasSize(20 * MIB));
    assertThat(grown[0]).isLessThan(2 * MIB);
  }

  private static long bytesOutsideTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
