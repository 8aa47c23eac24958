package myriad.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {

  @Test
  void rejectsStepByStepWithALevelThatGrows() {
    // 0.01 <= 0.05/4, 0.015 <= 0.05/3, 0.03 > 0.05/2: there it stops.
    assertThat(Holm.rejected(List.of(0.03, 0.01, 0.04, 0.015), 0.05))
        .containsExactly(false, true, false, true);
  }

  @Test
  void stopsAtTheFirstThatIsNotRejected() {
    assertThat(Holm.rejected(List.of(0.03, 0.03), 0.05)).containsExactly(false, false);
  }

  @Test
  void oneTestHasTheWholeLevel() {
    assertThat(Holm.rejected(List.of(0.05), 0.05)).containsExactly(true);
    assertThat(Holm.rejected(List.of(), 0.05)).isEmpty();
  }
}
