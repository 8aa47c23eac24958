package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @Test
  void paragraphsAreBrokenBetweenWords() {
    List<String> paragraphs = List.of("one two three four", "averyveryverylongword x");
    assertThat(WrappedText.wrap(paragraphs, OptionalInt.of(10)))
        .isEqualTo("one two\n  three\n  four\naveryveryverylongword\n  x");
    assertThat(WrappedText.wrap(paragraphs, OptionalInt.empty()))
        .isEqualTo("one two three four\naveryveryverylongword x");
  }

  @Test
  void whatStandsBesideALabelStaysThere() {
    assertThat(WrappedText.beside("base  ", "one two three", OptionalInt.of(13)))
        .isEqualTo("base  one two\n      three");
    assertThat(WrappedText.beside("base  ", "one two", OptionalInt.of(3)))
        .isEqualTo("base  one\n      two");
  }

  @ParameterizedTest
  @CsvSource({"epoll,epoll,0", "epol,epoll,1", "nio,epoll,4", "'',abc,3", "kitten,sitting,3"})
  void distanceCountsEdits(String from, String to, int edits) {
    assertThat(EditDistance.between(from, to)).isEqualTo(edits);
    assertThat(EditDistance.between(to, from)).isEqualTo(edits);
  }
}
