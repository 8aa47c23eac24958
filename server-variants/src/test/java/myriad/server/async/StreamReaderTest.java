package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StreamReaderTest extends StreamsTestCase {

  /** Far longer than any of this takes; a read that waits for ever fails by it. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void readGivesWhatIsThereWithoutWaitingForMore() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("abc")),
        (reader, writer) -> assertThat(reader.read(100)).isEqualTo(bytes("abc")));
  }

  @Test
  void readTakesNoMoreThanAskedForAndKeepsTheRest() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("abcdef")),
        (reader, writer) -> {
          assertThat(reader.readExactly(1)).isEqualTo(bytes("a"));
          assertThat(reader.read(2)).isEqualTo(bytes("bc"));
          assertThat(reader.read(100)).isEqualTo(bytes("def"));
        });
  }

  @Test
  void readIsEmptyAtTheEndOfTheStream() throws Exception {
    converse(
        (reader, writer) -> writer.close(),
        (reader, writer) -> {
          assertThat(reader.read(10)).isEmpty();
          assertThat(reader.isAtEnd()).isTrue();
          assertThat(reader.read(10)).isEmpty();
        });
  }

  @Test
  void readIntoTakesWhatTheTargetHoldsAndKeepsTheRest() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("abcdef"), 0, 5),
        (reader, writer) -> {
          byte[] target = new byte[2];
          assertThat(reader.readExactly(1)).isEqualTo(bytes("a"));
          assertThat(reader.readInto(target)).isEqualTo(2);
          assertThat(target).isEqualTo(bytes("bc"));
          assertThat(reader.readExactly(2)).isEqualTo(bytes("de"));
        });
  }

  @Test
  void readIntoGivesNothingAtTheEndOfTheStream() throws Exception {
    converse(
        (reader, writer) -> writer.close(),
        (reader, writer) -> assertThat(reader.readInto(new byte[2])).isZero());
  }

  @Test
  void readIntoNothingIsRefused() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.readInto(new byte[0]))
                .withMessageContaining("one byte or more"));
  }

  @Test
  void readSharedGivesWhatIsThereWithoutACopy() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("abcdef")),
        (reader, writer) -> {
          ByteBuffer received = reader.readShared(4);
          assertThat(received).isSameAs(loop.sharedBuffer());
          assertThat(taken(received)).isEqualTo(bytes("abcd"));
          assertThat(taken(reader.readShared(100))).isEqualTo(bytes("ef"));
        });
  }

  @Test
  void readSharedBeginsWithWhatWasReceivedBefore() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("abcdef")),
        (reader, writer) -> {
          assertThat(reader.readExactly(1)).isEqualTo(bytes("a"));
          assertThat(taken(reader.readShared(2))).isEqualTo(bytes("bc"));
          assertThat(taken(reader.readShared(100))).isEqualTo(bytes("def"));
        });
  }

  @Test
  void nothingRemainsInASharedReadAtTheEndOfTheStream() throws Exception {
    converse(
        (reader, writer) -> writer.close(),
        (reader, writer) -> {
          assertThat(reader.readShared(10).remaining()).isZero();
          assertThat(reader.isAtEnd()).isTrue();
        });
  }

  @Test
  void aSharedReadOfNothingIsRefused() throws Exception {
    converse(
        StreamsTestCase::echo,
        (reader, writer) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.readShared(0))
                .withMessageContaining("1 and more"));
  }

  @Test
  void readAllTakesEverythingUpToTheEnd() throws Exception {
    converse(
        (reader, writer) -> {
          for (int i = 0; i < 10; i++) {
            writer.write(new byte[50_000]);
            writer.drain();
          }
          writer.close();
        },
        (reader, writer) -> assertThat(reader.readAll()).hasSize(500_000));
  }

  @Test
  void readExactlyWaitsForAllItsBytes() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(bytes("12"));
          sleep(ms(20));
          writer.write(bytes("345"));
        },
        (reader, writer) -> {
          assertThat(reader.readExactly(4)).isEqualTo(bytes("1234"));
          assertThat(reader.readExactly(1)).isEqualTo(bytes("5"));
        });
  }

  @Test
  void readExactlyTellsWhatCameBeforeAnEarlyEnd() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(bytes("123"));
          writer.close();
        },
        (reader, writer) ->
            assertThatExceptionOfType(IncompleteReadException.class)
                .isThrownBy(() -> reader.readExactly(10))
                .satisfies(early -> assertThat(early.partial()).isEqualTo(bytes("123"))));
  }

  @Test
  void readExactlyNothingReturnsAtOnce() throws Exception {
    converse(
        (reader, writer) -> sleep(ms(1)),
        (reader, writer) -> assertThat(reader.readExactly(0)).isEmpty());
  }

  @Test
  void readUntilTakesTheSeparatorTooAndLeavesTheRest() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("key: value; rest!")),
        (reader, writer) -> {
          assertThat(reader.readUntil(bytes(": "))).isEqualTo(bytes("key: "));
          assertThat(reader.readUntil(bytes(";"))).isEqualTo(bytes("value;"));
          assertThat(reader.readExactly(6)).isEqualTo(bytes(" rest!"));
        });
  }

  @Test
  void readUntilFindsASeparatorThatArrivesInPieces() throws Exception {
    converse(
        (reader, writer) -> {
          for (String piece : List.of("ab\r", "\n", "\r", "\ncd")) {
            writer.write(bytes(piece));
            sleep(ms(10));
          }
        },
        (reader, writer) ->
            assertThat(reader.readUntil(bytes("\r\n\r\n"))).isEqualTo(bytes("ab\r\n\r\n")));
  }

  @Test
  void readUntilTellsWhatCameBeforeAnEarlyEnd() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(bytes("no newline"));
          writer.close();
        },
        (reader, writer) ->
            assertThatExceptionOfType(IncompleteReadException.class)
                .isThrownBy(() -> reader.readUntil(bytes("\n")))
                .satisfies(early -> assertThat(early.partial()).hasSize(10)));
  }

  @Test
  void readUntilGivesUpBehindTheLimitAndTheBytesStay() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(new byte[StreamReader.DEFAULT_LIMIT_BYTES + 1]);
          writer.write(bytes("\n"));
          sleep(ms(50));
        },
        (reader, writer) -> {
          assertThatExceptionOfType(LimitOverrunException.class)
              .isThrownBy(() -> reader.readUntil(bytes("\n")))
              .satisfies(late -> assertThat(late.consumedBytes()).isGreaterThan(64 * 1024));
          assertThat(reader.readExactly(StreamReader.DEFAULT_LIMIT_BYTES + 2)).endsWith('\n');
        });
  }

  @Test
  void anEmptySeparatorIsRefused() throws Exception {
    converse(
        (reader, writer) -> sleep(ms(1)),
        (reader, writer) ->
            assertThatIllegalArgumentException()
                .isThrownBy(reader::readUntil)
                .withMessageContaining("one byte or more"));
  }

  @Test
  void readLineGivesLinesAndTheUnfinishedLast() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(bytes("one\ntwo\nthree"));
          writer.close();
        },
        (reader, writer) -> {
          assertThat(reader.readLine()).isEqualTo(bytes("one\n"));
          assertThat(reader.readLine()).isEqualTo(bytes("two\n"));
          assertThat(reader.readLine()).isEqualTo(bytes("three"));
          assertThat(reader.readLine()).isEmpty();
        });
  }

  @Test
  void aLineLongerThanTheLimitIsDroppedWithItsNewline() throws Exception {
    converseWithin(
        4,
        (reader, writer) -> writer.write(bytes("12345\n1234\n12\n")),
        (reader, writer) -> {
          assertThatExceptionOfType(LimitOverrunException.class)
              .isThrownBy(reader::readLine)
              .withMessageContaining("limit of 4 bytes: 6 were dropped")
              .satisfies(tooLong -> assertThat(tooLong.consumedBytes()).isZero());
          assertThat(reader.readLine()).isEqualTo(bytes("1234\n"));
          assertThat(reader.readLine()).isEqualTo(bytes("12\n"));
        });
  }

  @Test
  void aLineLongerThanTheLimitWhoseEndHasNotComeIsDroppedAsFarAsItCame() throws Exception {
    converseWithin(
        4,
        (reader, writer) -> {
          writer.write(bytes("12345678"));
          reader.readExactly(1);
          writer.write(bytes("9\nabc\n"));
        },
        (reader, writer) -> {
          assertThatExceptionOfType(LimitOverrunException.class)
              .isThrownBy(reader::readLine)
              .withMessageContaining("8 were dropped");
          writer.write(bytes("x"));
          assertThat(reader.readLine()).isEqualTo(bytes("9\n"));
          assertThat(reader.readLine()).isEqualTo(bytes("abc\n"));
        });
  }

  @Test
  void whatReadUntilRefusesForItsLengthCanStillBeRead() throws Exception {
    converseWithin(
        4,
        (reader, writer) -> writer.write(bytes("12345;67")),
        (reader, writer) -> {
          assertThatExceptionOfType(LimitOverrunException.class)
              .isThrownBy(() -> reader.readUntil(bytes(";")))
              .satisfies(late -> assertThat(late.consumedBytes()).isEqualTo(5));
          assertThat(reader.readExactly(8)).isEqualTo(bytes("12345;67"));
        });
  }

  @Test
  void theLimitOfAServerIsForItsReaders() throws Exception {
    run(
        () -> {
          Future<Boolean> refused = loop.createFuture();
          StreamServer server =
              Streams.startServer(
                  anyPort(),
                  (reader, writer) -> {
                    assertThatExceptionOfType(LimitOverrunException.class)
                        .isThrownBy(reader::readLine);
                    refused.setResult(true);
                    writer.close();
                  },
                  3);
          Connection connection = Streams.openConnection(server.address());
          connection.writer().write(bytes("1234\n"));
          assertThat(refused.await()).isTrue();
          connection.writer().abort();
          server.close();
          server.waitClosed();
        });
  }

  @Test
  void aLimitOfNothingIsRefused() throws Exception {
    run(
        () -> {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> Streams.openConnection(anyPort(), 0))
              .withMessageContaining("limitBytes is 0; it takes 1 and more");
          assertThatIllegalArgumentException()
              .isThrownBy(() -> Streams.startServer(anyPort(), StreamsTestCase::echo, 0))
              .withMessageContaining("limitBytes is 0; it takes 1 and more");
        });
  }

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

  private static byte[] taken(ByteBuffer received) {
    byte[] bytes = new byte[received.remaining()];
    received.get(bytes);
    return bytes;
  }
}
