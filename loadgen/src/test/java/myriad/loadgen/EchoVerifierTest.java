package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import myriad.results.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoVerifierTest {

  private static final int MINE = 5;
  private static final int ANOTHERS = 6;

  private final EchoFrame frame = new EchoFrame(64);
  private final EchoVerifier verifier = new EchoVerifier(frame, MINE);

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 13, 63, 64})
  void messagesInOrderAreRightHoweverTheyAreCut(int part) {
    for (int sequence = 0; sequence < 5; sequence++) {
      receive(message(MINE, sequence), part);
      assertThat(verifier.complete()).isNull();
    }
  }

  @Test
  void aLaterMessageInPlaceOfTheExpectedIsReordered() {
    receive(message(MINE, 1), 64);
    assertThat(verifier.complete()).isEqualTo(Counter.REORDERED);
    receive(message(MINE, 0), 64);
    assertThat(verifier.complete()).isEqualTo(Counter.REORDERED);
    receive(message(MINE, 2), 64);
    assertThat(verifier.complete()).isNull();
  }

  @Test
  void aMessageOfAnotherConnectionIsMisdelivered() {
    receive(message(ANOTHERS, 0), 20);
    assertThat(verifier.complete()).isEqualTo(Counter.MISDELIVERED);
  }

  @Test
  void aMessageThatIsNobodysIsCorrupt() {
    ByteBuf broken = message(MINE, 0);
    broken.setByte(40, broken.getByte(40) ^ 1);
    receive(broken, 64);
    assertThat(verifier.complete()).isEqualTo(Counter.CORRUPT);
  }

  @Test
  void anotherConnectionsMessageThatIsBrokenIsCorrupt() {
    ByteBuf broken = message(ANOTHERS, 0);
    broken.setByte(60, broken.getByte(60) ^ 1);
    receive(broken, 32);
    assertThat(verifier.complete()).isEqualTo(Counter.CORRUPT);
  }

  @Test
  void afterAFaultTheNextMessageIsJudgedAfresh() {
    receive(Unpooled.buffer().writeZero(64), 7);
    assertThat(verifier.complete()).isEqualTo(Counter.CORRUPT);
    receive(message(MINE, 1), 64);
    assertThat(verifier.complete()).isNull();
  }

  private ByteBuf message(int connection, long sequence) {
    ByteBuf message = Unpooled.buffer(64);
    frame.write(message, connection, sequence);
    return message;
  }

  private void receive(ByteBuf message, int part) {
    for (int offset = 0; offset < 64; offset += part) {
      verifier.part(message, offset, offset, Math.min(part, 64 - offset));
    }
  }
}
