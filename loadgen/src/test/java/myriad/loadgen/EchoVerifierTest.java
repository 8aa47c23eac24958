package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import myriad.results.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoVerifierTest {

  private static final int MINE = 5;
  private static final int ANOTHERS = 6;

  /** More messages than any test has. */
  private static final int AWAITED = 1_000;

  private static final MessageSizes MIXED =
      new MessageSizes(
          List.of(
              new MessageSizes.Part(5, 5, 1),
              new MessageSizes.Part(64, 300, 3),
              new MessageSizes.Part(70_000, 70_000, 1)),
          7);

  private final EchoFrame frame = EchoFrame.ofPattern(MessageSizes.fixed(64));
  private final EchoVerifier verifier = new EchoVerifier(frame, MINE, true);

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 13, 63, 64})
  void messagesInOrderAreRightHoweverTheyAreCut(int part) {
    for (int sequence = 0; sequence < 5; sequence++) {
      receive(message(MINE, sequence), part);
      assertThat(verifier.fault()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 11, 12, 13, 64})
  void aLaterMessageInPlaceOfTheExpectedIsReorderedHoweverItIsCut(int part) {
    receive(message(MINE, 1), part);
    assertThat(verifier.fault()).isEqualTo(Counter.REORDERED);
    assertThat(verifier.place()).as("it answers the second message under way").isEqualTo(1);
    receive(message(MINE, 0), part);
    assertThat(verifier.fault()).isEqualTo(Counter.REORDERED);
    assertThat(verifier.place()).isZero();
    receive(message(MINE, 2), part);
    assertThat(verifier.fault()).isNull();
    assertThat(verifier.place()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 64})
  void aMessageThatComesTwiceIsSurplusAndThoseBehindItAreRight(int part) {
    receive(message(MINE, 0), part);
    receive(message(MINE, 1), part);
    receive(message(MINE, 1), part);
    assertThat(verifier.fault()).isEqualTo(Counter.SURPLUS);
    assertThat(verifier.surplusBytes()).isEqualTo(64);
    assertThat(verifier.example()).isEqualTo("message 1 of connection 5 came again");
    for (int sequence = 2; sequence < 5; sequence++) {
      receive(message(MINE, sequence), part);
      assertThat(verifier.fault()).as("fault of message %d", sequence).isNull();
      assertThat(verifier.surplusBytes()).isZero();
    }
  }

  @Test
  void whereAMessageIsLostThoseBehindTheNextAreRight() {
    receive(message(MINE, 0), 64);
    receive(message(MINE, 3), 64);
    assertThat(verifier.fault()).isEqualTo(Counter.REORDERED);
    assertThat(verifier.place()).as("messages 1 and 2 are under way before it").isEqualTo(2);
    receive(message(MINE, 4), 64);
    assertThat(verifier.fault()).isNull();
    assertThat(verifier.place()).isEqualTo(2);
    receive(message(MINE, 2), 64);
    assertThat(verifier.fault()).as("it comes late after all").isEqualTo(Counter.REORDERED);
    assertThat(verifier.place()).isEqualTo(1);
    receive(message(MINE, 2), 64);
    assertThat(verifier.fault()).isEqualTo(Counter.SURPLUS);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 64})
  void aMessageOfAnotherConnectionIsMisdelivered(int part) {
    receive(message(ANOTHERS, 0), part);
    assertThat(verifier.fault()).isEqualTo(Counter.MISDELIVERED);
    receive(message(MINE, 1), part);
    assertThat(verifier.fault()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 64})
  void aHeaderThatIsBrokenIsCorrupt(int part) {
    ByteBuf broken = message(MINE, 0);
    broken.setByte(7, 0x40);
    receive(broken, part);
    assertThat(verifier.fault()).isEqualTo(Counter.CORRUPT);
    receive(message(MINE, 1), part);
    assertThat(verifier.fault()).isNull();
  }

  /** Its content is that of every other, so that nothing but its number can tell. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 12, 13, 40})
  void aMessageThatWasNotSentYetIsCorrupt(int part) {
    EchoFrame alike = EchoFrame.ofText(WireText.parse("as all the others are"));
    int size = alike.sizeOf(MINE, 0);
    EchoVerifier reader = new EchoVerifier(alike, MINE, true);
    for (int sequence : List.of(0, 3, 2)) {
      ByteBuf message = Unpooled.buffer(size);
      alike.write(message, MINE, sequence, size);
      boolean whole = false;
      while (message.isReadable()) {
        ByteBuf cut = message.readSlice(Math.min(part, message.readableBytes()));
        whole = reader.read(cut, 2);
      }
      assertThat(whole).isTrue();
      assertThat(reader.fault())
          .as("with two messages under way, of message %d", sequence)
          .isEqualTo(sequence == 3 ? Counter.CORRUPT : null);
    }
  }

  @Test
  void aMessageThatIsNobodysIsCorrupt() {
    ByteBuf broken = message(MINE, 0);
    broken.setByte(40, broken.getByte(40) ^ 1);
    receive(broken, 64);
    assertThat(verifier.fault()).isEqualTo(Counter.CORRUPT);
  }

  @Test
  void anotherConnectionsMessageThatIsBrokenIsCorrupt() {
    ByteBuf broken = message(ANOTHERS, 0);
    broken.setByte(60, broken.getByte(60) ^ 1);
    receive(broken, 32);
    assertThat(verifier.fault()).isEqualTo(Counter.CORRUPT);
  }

  @Test
  void afterAFaultTheNextMessageIsJudgedAfresh() {
    receive(Unpooled.buffer().writeZero(64), 7);
    assertThat(verifier.fault()).isEqualTo(Counter.CORRUPT);
    receive(message(MINE, 1), 64);
    assertThat(verifier.fault()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 13, 500, 1 << 20})
  void messagesOfMixedSizesAreToldApartHoweverTheyAreCut(int part) {
    EchoFrame mixed = EchoFrame.ofPattern(MIXED);
    ByteBuf stream = Unpooled.buffer();
    for (int sequence = 0; sequence < 100; sequence++) {
      mixed.write(stream, MINE, sequence, mixed.sizeOf(MINE, sequence));
    }
    EchoVerifier reader = new EchoVerifier(mixed, MINE, true);
    int right = 0;
    while (stream.isReadable()) {
      ByteBuf cut = stream.readSlice(Math.min(part, stream.readableBytes()));
      while (cut.isReadable()) {
        if (reader.read(cut, AWAITED)) {
          assertThat(reader.fault()).as("fault of message %d", right).isNull();
          right++;
        }
      }
    }
    assertThat(right).isEqualTo(100);
  }

  @Test
  void aMessageOfAnotherSizeInPlaceOfTheExpectedIsReorderedAndEndsWhereItEnds() {
    EchoFrame mixed = EchoFrame.ofPattern(MIXED);
    EchoVerifier reader = new EchoVerifier(mixed, MINE, true);
    int later = 1;
    while (mixed.sizeOf(MINE, later) == mixed.sizeOf(MINE, 0)) {
      later++;
    }
    ByteBuf stream = Unpooled.buffer();
    mixed.write(stream, MINE, later, mixed.sizeOf(MINE, later));
    mixed.write(stream, MINE, later + 1, mixed.sizeOf(MINE, later + 1));

    assertThat(reader.read(stream, AWAITED)).isTrue();
    assertThat(reader.fault()).isEqualTo(Counter.REORDERED);
    assertThat(reader.read(stream, AWAITED)).isTrue();
    assertThat(reader.fault()).as("fault of the message behind it").isNull();
  }

  private ByteBuf message(int connection, long sequence) {
    ByteBuf message = Unpooled.buffer(64);
    frame.write(message, connection, sequence, 64);
    return message;
  }

  private void receive(ByteBuf message, int part) {
    assertThat(read(verifier, message, part)).as("whole messages read").isEqualTo(1);
  }

  /** Reads everything in parts; how many messages were whole. */
  private static int read(EchoVerifier verifier, ByteBuf message, int part) {
    int whole = 0;
    while (message.isReadable()) {
      ByteBuf cut = message.readSlice(Math.min(part, message.readableBytes()));
      while (cut.isReadable()) {
        whole += verifier.read(cut, AWAITED) ? 1 : 0;
      }
    }
    assertThat(verifier.isWithinReply()).isFalse();
    return whole;
  }
}
