package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleTimeTest {

  private final IdleTime idle = new IdleTime();

  @Test
  void aRoundThatBeganAndEndedWithNothingIsIdle() {
    idle.endRound(1_000, true, true);
    idle.endRound(1_300, true, true);
    idle.endRound(1_700, true, true);

    assertThat(idle.totalNs()).isEqualTo(700);
  }

  @Test
  void whatHappenedBeforeTheFirstRoundIsNot() {
    idle.endRound(1_000, true, true);

    assertThat(idle.totalNs()).isZero();
  }

  @Test
  void aRoundInWhichSocketsWereSeenToIsNot() {
    idle.endRound(1_000, true, true);
    idle.endRound(1_300, false, true);
    idle.endRound(1_700, true, true);

    assertThat(idle.totalNs()).isEqualTo(400);
  }

  @Test
  void aRoundThatBeganWithSomethingDueIsNot() {
    idle.endRound(1_000, true, false);
    idle.endRound(1_300, true, true);
    idle.endRound(1_700, true, true);

    assertThat(idle.totalNs()).isEqualTo(400);
  }

  @Test
  void timeOffTheCpuIsNot() {
    idle.endRound(0, true, true);
    idle.endRound(IdleTime.LONGEST_ROUND_NS, true, true);
    idle.endRound(2 * IdleTime.LONGEST_ROUND_NS + 1, true, true);

    assertThat(idle.totalNs()).isEqualTo(IdleTime.LONGEST_ROUND_NS);
  }
}
