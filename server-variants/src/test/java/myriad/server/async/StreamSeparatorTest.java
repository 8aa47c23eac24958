package myriad.server.async;

import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads up to a separator or the end of a line, and the limit that both have. */
class StreamSeparatorTest extends StreamsTestCase {

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
}
