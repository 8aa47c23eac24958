package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MessagesUnderWayTest {

  private final MessagesUnderWay underWay = new MessagesUnderWay();

  @Test
  void timesStayWithTheirMessageWhateverIsAnsweredBeforeIt() {
    addMessages(5);
    underWay.remove(0);
    underWay.remove(2);
    underWay.remove(0);

    assertThat(underWay.size()).isEqualTo(2);
    assertThat(underWay.intendedNs(0)).isEqualTo(30);
    assertThat(underWay.sentNs(0)).isEqualTo(31);
    assertThat(underWay.intendedNs(1)).isEqualTo(50);
    assertThat(underWay.sentNs(1)).isEqualTo(51);
  }

  @Test
  void aMessageIsToldToBeOverdueOnce() {
    addMessages(3);

    assertThat(underWay.takeOverdue(31)).isEqualTo(2);
    assertThat(underWay.takeOverdue(31)).isZero();
    underWay.remove(0);
    assertThat(underWay.isOverdue(0)).isTrue();
    assertThat(underWay.isOverdue(1)).isFalse();
    assertThat(underWay.takeOverdue(32)).isEqualTo(1);
  }

  @Test
  void nothingIsLeftOfWhatWasCleared() {
    addMessages(3);
    underWay.clear();
    underWay.add(70, 71);

    assertThat(underWay.size()).isEqualTo(1);
    assertThat(underWay.sentNs(0)).isEqualTo(71);
    assertThatThrownBy(() -> underWay.sentNs(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private void addMessages(int count) {
    for (int i = 1; i <= count; i++) {
      underWay.add(10L * i, 10L * i + 1);
    }
  }
}
