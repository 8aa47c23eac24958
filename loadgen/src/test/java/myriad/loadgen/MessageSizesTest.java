package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import myriad.loadgen.MessageSizes.Part;
import org.junit.jupiter.api.Test;

class MessageSizesTest {

  private static final int DRAWS = 100_000;
  private static final Part SMALL = new Part(64, 64, 90);
  private static final Part LARGE = new Part(65_536, 65_536, 10);

  @Test
  void aMixHasItsWeights() {
    SizeSampler sampler = new SizeSampler(new MessageSizes(List.of(SMALL, LARGE), 1));
    long large =
        IntStream.range(0, DRAWS).filter(i -> sampler.sizeOf(i % 100, i / 100) == 65_536).count();

    // 10 % of 100,000 draws, with a standard deviation of 95.
    assertThat((double) large).isCloseTo(10_000, within(500.0));
  }

  @Test
  void aRangeIsEvenAndReachesBothEnds() {
    SizeSampler sampler = new SizeSampler(new MessageSizes(List.of(new Part(16, 1_024, 1)), 1));
    int[] sizes = IntStream.range(0, DRAWS).map(i -> sampler.sizeOf(3, i)).toArray();

    assertThat(IntStream.of(sizes).min()).hasValue(16);
    assertThat(IntStream.of(sizes).max()).hasValue(1_024);
    // The mean of an even spread is 520, and that of 100,000 draws deviates by 0.9 from it.
    assertThat(IntStream.of(sizes).average().orElseThrow()).isCloseTo(520, within(5.0));
  }

  @Test
  void theSeedDecides() {
    assertThat(sequenceOf(1)).isEqualTo(sequenceOf(1)).isNotEqualTo(sequenceOf(2));
  }

  @Test
  void itIsDescribedAsItIsTyped() {
    assertThat(MessageSizes.fixed(64).describe()).isEqualTo("64");
    assertThat(new MessageSizes(List.of(new Part(16, 1_024, 1)), 1).describe())
        .isEqualTo("16-1024");
    assertThat(new MessageSizes(List.of(SMALL, LARGE), 1).describe()).isEqualTo("64:90,65536:10");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Part(0, 10, 1)).hasMessage("--size is 0; it takes 1 to 16m");
    assertThatThrownBy(() -> new Part(1, 1 << 25, 1)).hasMessageContaining("it takes 1 to 16m");
    assertThatThrownBy(() -> new Part(20, 10, 1)).hasMessageContaining("--size is 20-10");
    assertThatThrownBy(() -> new Part(1, 1, 0)).hasMessageContaining("weight of 0");
    assertThatThrownBy(() -> new MessageSizes(List.of(), 1)).hasMessageContaining("0 sizes");
  }

  private static List<Integer> sequenceOf(long seed) {
    SizeSampler sampler = new SizeSampler(new MessageSizes(List.of(new Part(1, 1_000, 1)), seed));
    return IntStream.range(0, 100).map(i -> sampler.sizeOf(0, i)).boxed().toList();
  }
}
