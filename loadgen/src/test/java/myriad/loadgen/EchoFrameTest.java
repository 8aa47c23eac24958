package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoFrameTest {

  private static final int CONNECTION = 70_001;
  private static final long SEQUENCE = 3_000_000_000L;

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 11, 12, 13, 64, 4_104, 4_105, 4_106, 200_000})
  void aMessageMatchesItselfHoweverItIsCut(int size) {
    EchoFrame frame = EchoFrame.ofPattern(MessageSizes.fixed(size));
    ByteBuf message = written(frame);

    assertThat(message.readableBytes()).isEqualTo(size);
    for (int cut = 0; cut <= size; cut += Math.max(1, size / 37)) {
      assertThat(frame.matches(message, 0, 0, cut, CONNECTION, SEQUENCE)).isTrue();
      assertThat(frame.matches(message, cut, cut, size - cut, CONNECTION, SEQUENCE)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 13, 64, 70_000})
  void everySingleByteCounts(int size) {
    EchoFrame frame = EchoFrame.ofPattern(MessageSizes.fixed(size));
    ByteBuf message = written(frame);
    for (int at = 0; at < size; at += Math.max(1, size / 101)) {
      byte right = message.getByte(at);
      message.setByte(at, right ^ 0x40);
      assertThat(frame.matches(message, 0, 0, size, CONNECTION, SEQUENCE))
          .as("byte %d of %d flipped", at, size)
          .isFalse();
      message.setByte(at, right);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1_024, 4_096, 8_192, 16_384, 65_536})
  void aBufferThatIsLeftOutOfALongMessageIsSeen(int lost) {
    EchoFrame frame = EchoFrame.ofPattern(MessageSizes.fixed(200_000));
    ByteBuf message = written(frame);

    assertThat(frame.matches(message, 100_000 + lost, 100_000, 64, CONNECTION, SEQUENCE)).isFalse();
  }

  @Test
  void aMessageIsNotThatOfAnotherConnectionNorOfAnotherTurn() {
    EchoFrame frame = EchoFrame.ofPattern(MessageSizes.fixed(64));
    ByteBuf message = written(frame);

    assertThat(frame.matches(message, 0, 0, 64, CONNECTION + 1, SEQUENCE)).isFalse();
    assertThat(frame.matches(message, 0, 0, 64, CONNECTION, SEQUENCE + 1)).isFalse();
  }

  @Test
  void behindTheHeaderTooItIsNotThatOfAnotherConnection() {
    EchoFrame frame = EchoFrame.ofPattern(MessageSizes.fixed(64));
    ByteBuf message = written(frame);

    assertThat(frame.matches(message, 12, 12, 52, CONNECTION + 1, SEQUENCE))
        .as("the pattern begins elsewhere for every connection")
        .isFalse();
  }

  @Test
  void aTextIsComparedBehindItsHeader() {
    EchoFrame frame = EchoFrame.ofText(WireText.parse("hello"));
    ByteBuf message = written(frame);

    assertThat(message.toString(12, 5, StandardCharsets.US_ASCII)).isEqualTo("hello");
    for (int cut = 0; cut <= 17; cut++) {
      assertThat(frame.matches(message, 0, 0, cut, CONNECTION, SEQUENCE)).isTrue();
      assertThat(frame.matches(message, cut, cut, 17 - cut, CONNECTION, SEQUENCE)).isTrue();
    }
    message.setByte(16, '0');
    assertThat(frame.matches(message, 0, 0, 17, CONNECTION, SEQUENCE)).isFalse();
  }

  private static ByteBuf written(EchoFrame frame) {
    int size = frame.sizeOf(CONNECTION, SEQUENCE);
    ByteBuf message = Unpooled.buffer(size, size);
    frame.write(message, CONNECTION, SEQUENCE, size);
    return message;
  }
}
