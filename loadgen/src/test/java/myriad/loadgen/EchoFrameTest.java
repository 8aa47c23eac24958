package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoFrameTest {

  private static final int CONNECTION = 70_001;
  private static final long SEQUENCE = 3_000_000_000L;

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 11, 12, 13, 64, 65_535, 65_548, 65_549, 200_000})
  void aMessageMatchesItselfHoweverItIsCut(int size) {
    EchoFrame frame = new EchoFrame(size);
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
    EchoFrame frame = new EchoFrame(size);
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

  @Test
  void aMessageIsNotThatOfAnotherConnectionNorOfAnotherTurn() {
    EchoFrame frame = new EchoFrame(64);
    ByteBuf message = written(frame);

    assertThat(frame.matches(message, 0, 0, 64, CONNECTION + 1, SEQUENCE)).isFalse();
    assertThat(frame.matches(message, 0, 0, 64, CONNECTION, SEQUENCE + 1)).isFalse();
  }

  @Test
  void behindTheHeaderTooItIsNotThatOfAnotherConnection() {
    EchoFrame frame = new EchoFrame(64);
    ByteBuf message = written(frame);

    assertThat(frame.matches(message, 12, 12, 52, CONNECTION + 1, SEQUENCE))
        .as("the pattern begins elsewhere for every connection")
        .isFalse();
  }

  private static ByteBuf written(EchoFrame frame) {
    ByteBuf message = Unpooled.buffer(frame.size(), frame.size());
    frame.write(message, CONNECTION, SEQUENCE);
    return message;
  }
}
