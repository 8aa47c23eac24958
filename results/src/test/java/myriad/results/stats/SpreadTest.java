package myriad.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void holdsMedianLowestAndHighestAndLeavesItsInputAlone() {
    double[] values = {5, 1, 9, 3};

    assertThat(Spread.of(values)).contains(new Spread(4, 1, 9));
    assertThat(values).containsExactly(5, 1, 9, 3);
    assertThat(Spread.of()).isEmpty();
  }

  @Test
  void relativeIsHalfTheRangeAsAShareOfTheMedian() {
    assertThat(new Spread(10, 9, 11).relative()).isEqualTo(0.1);
    assertThat(new Spread(0, 0, 5).relative()).isZero();
  }
}
