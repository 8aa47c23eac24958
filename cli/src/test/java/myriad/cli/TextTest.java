package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @Test
  void paragraphsAreBrokenBetweenWords() {
    assertThat(WrappedText.wrap(List.of("one two three four", "averyveryverylongword x"), 10))
        .isEqualTo("one two\n  three\n  four\naveryveryverylongword\n  x");
  }

  @ParameterizedTest
  @CsvSource({"epoll,epoll,0", "epol,epoll,1", "nio,epoll,4", "'',abc,3", "kitten,sitting,3"})
  void distanceCountsEdits(String from, String to, int edits) {
    assertThat(EditDistance.between(from, to)).isEqualTo(edits);
    assertThat(EditDistance.between(to, from)).isEqualTo(edits);
  }
}
