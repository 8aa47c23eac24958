package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongRingTest {

  @Test
  void behavesAsAQueueThroughGrowthAndWrapping() {
    Random random = new Random(1);
    LongRing ring = new LongRing();
    ArrayDeque<Long> model = new ArrayDeque<>();
    for (int step = 0; step < 100_000; step++) {
      if (model.isEmpty() || random.nextInt(100) < 51) {
        long value = random.nextLong();
        ring.add(value);
        model.add(value);
      } else {
        assertThat(ring.remove()).isEqualTo(model.remove());
      }
      assertThat(ring.size()).isEqualTo(model.size());
      if (!model.isEmpty()) {
        assertThat(ring.get(0)).isEqualTo(model.peek());
        assertThat(ring.get(ring.size() - 1)).isEqualTo(model.peekLast());
      }
    }
  }

  @Test
  void hasNothingToGiveWhenEmpty() {
    assertThatThrownBy(new LongRing()::remove).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
