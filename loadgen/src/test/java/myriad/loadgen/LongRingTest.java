package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 7})
  void givesWhatIsWithinAndKeepsTheOrderOfTheRest(int index) {
    LongRing ring = new LongRing();
    ArrayDeque<Long> rest = new ArrayDeque<>();
    for (long value = 0; value < 11; value++) {
      ring.add(value);
      if (value < 3) {
        ring.remove();
      } else if (value != index + 3) {
        rest.add(value);
      }
    }

    assertThat(ring.remove(index)).as("the first three were gone").isEqualTo(index + 3);
    while (!rest.isEmpty()) {
      assertThat(ring.remove()).isEqualTo(rest.remove());
    }
    assertThat(ring.isEmpty()).isTrue();
  }

  @Test
  void isEmptyOnceCleared() {
    LongRing ring = new LongRing();
    ring.add(1);
    ring.clear();
    ring.add(2);

    assertThat(ring.size()).isEqualTo(1);
    assertThat(ring.get(0)).isEqualTo(2);
  }

  @Test
  void hasNothingToGiveWhenEmpty() {
    assertThatThrownBy(new LongRing()::remove).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
