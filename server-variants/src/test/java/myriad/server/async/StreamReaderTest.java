package myriad.server.async;

import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StreamReaderTest extends StreamsTestCase {

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

  private static byte[] taken(ByteBuffer received) {
    byte[] bytes = new byte[received.remaining()];
    received.get(bytes);
    return bytes;
  }
}
