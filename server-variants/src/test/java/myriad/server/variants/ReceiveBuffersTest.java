package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import myriad.server.variants.ReceiveBuffers.ReceiveBuffer;
import org.junit.jupiter.api.Test;

class ReceiveBuffersTest {

  private static final int BYTES = 64;

  private final ReceiveBuffers buffers;

  ReceiveBuffersTest() throws IOException {
    buffers = new ReceiveBuffers(BYTES);
  }

  private ReceiveBuffer take() {
    return Objects.requireNonNull(buffers.take());
  }

  private List<ReceiveBuffer> takeAll() {
    List<ReceiveBuffer> taken = new ArrayList<>();
    Stream.generate(this::take).limit(ReceiveBuffers.MOST).forEach(taken::add);
    return taken;
  }

  @Test
  void theOneThatCameBackLastGoesOutFirst() {
    ReceiveBuffer first = take();
    ReceiveBuffer second = take();
    buffers.giveBack(first);
    buffers.giveBack(second);

    assertThat(buffers.take()).isSameAs(second);
    assertThat(buffers.take()).isSameAs(first);
  }

  @Test
  void noneHasMemoryOfAnother() {
    List<ReceiveBuffer> taken = takeAll();

    assertThat(taken).doesNotHaveDuplicates();
    assertThat(taken.stream().map(ReceiveBuffer::bytes)).containsOnly(BYTES);
    assertThat(taken.stream().map(ReceiveBuffer::address).sorted().toList())
        .satisfies(
            addresses -> {
              for (int i = 1; i < addresses.size(); i++) {
                assertThat(addresses.get(i) - addresses.get(i - 1)).isGreaterThanOrEqualTo(BYTES);
              }
            });
  }

  @Test
  void thereIsNoneWhileThereIsNoMemoryForAnother() throws IOException {
    ReceiveBuffers only =
        new ReceiveBuffers(
            BYTES,
            bytes -> {
              throw new OutOfMemoryError("asked for " + bytes + " bytes");
            });
    ReceiveBuffer first = Objects.requireNonNull(only.take());

    assertThat(only.take()).isNull();

    only.giveBack(first);
    assertThat(only.take()).isSameAs(first);
  }

  @Test
  void thereIsNoneWhileAllAreOut() {
    List<ReceiveBuffer> taken = takeAll();

    assertThat(buffers.take()).isNull();

    buffers.giveBack(taken.getFirst());
    assertThat(buffers.take()).isSameAs(taken.getFirst());
  }
}
