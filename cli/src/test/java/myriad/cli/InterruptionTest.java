package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {

  private final Interruption interruption = new Interruption();
  private final List<String> cancelled = new ArrayList<>();

  @Test
  void cancelsWhatIsUnderWay() {
    try (var _ = interruption.cancelling(() -> cancelled.add("run"))) {
      assertThat(interruption.requested()).isFalse();
      interruption.request();
    }
    assertThat(interruption.requested()).isTrue();
    assertThat(cancelled).containsExactly("run");
  }

  /** The signal came between two runs: the second must not be run to its end. */
  @Test
  void cancelsAtOnceWhatBeginsTooLate() {
    interruption.request();
    try (var _ = interruption.cancelling(() -> cancelled.add("late"))) {
      assertThat(cancelled).containsExactly("late");
    }
  }

  @Test
  void leavesAloneWhatHasEnded() {
    try (var _ = interruption.cancelling(() -> cancelled.add("ended"))) {
      assertThat(cancelled).isEmpty();
    }
    interruption.request();
    assertThat(cancelled).isEmpty();
  }
}
