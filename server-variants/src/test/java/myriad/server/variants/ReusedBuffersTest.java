package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who holds a buffer, and when it is used again. */
class ReusedBuffersTest {

  private static final int BYTES = 64;

  @Test
  void usesOneBufferAgainWhileNoneIsOut() {
    ReusedBuffers buffers = new ReusedBuffers(BYTES, 4);
    ByteBuf first = buffers.take();
    first.writeLong(1).release();

    ByteBuf second = buffers.take();

    assertThat(second).isSameAs(first);
    assertThat(second.readableBytes()).as("left by its last user").isZero();
  }

  @Test
  void handsOutNoBufferThatIsOut() {
    ReusedBuffers buffers = new ReusedBuffers(BYTES, 4);
    ByteBuf kept = buffers.take();

    ByteBuf next = buffers.take();
    next.release();

    assertThat(next.memoryAddress()).isNotEqualTo(kept.memoryAddress());
    assertThat(buffers.take().memoryAddress()).isNotEqualTo(kept.memoryAddress());
  }

  @Test
  void freesThoseBeyondWhatItKeepsWhenTheyAreReleased() {
    ReusedBuffers buffers = new ReusedBuffers(BYTES, 2);
    List<ByteBuf> out = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      out.add(buffers.take());
    }

    out.forEach(ByteBuf::release);

    assertThat(out).filteredOn(buffer -> buffer.refCnt() > 0).hasSize(2);
  }
}
